"""Inboxes and results in an object store: an S3 server on this machine."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from shenbao.cli import main
from shenbao.ingest.inbox.store import Remote, contents
from tests.inboxes import form, put
from tests.processes import run, tree


def results(s3: Any) -> set[str]:
    return {key.removeprefix("bucket/out/results/") for key in s3.find("bucket/out/results")}


def test_names_that_look_like_patterns_are_names(s3: Any) -> None:
    place = Remote("s3://bucket/in") / "申报表[1]*?.md"
    place.write_bytes(b"1")
    (listed,) = Remote("s3://bucket/in").listing()
    assert (listed.name, listed.place, listed.stamp) == ("申报表[1]*?.md", place, place.stamp())
    assert list(contents(Remote("s3://bucket/in"), ".md")) == [b"1"]
    place.replace(Remote("s3://bucket/out/b[1].md"))
    assert s3.find("bucket") == ["bucket/out/b[1].md"]


def test_a_season_in_a_store_follows_its_inbox(s3: Any, tmp_path: Path) -> None:
    s3.pipe_file("bucket/in/a.md", form("阳新县司法局").encode())
    s3.pipe_file("bucket/in/乡镇/b.md", form("阳新县教育局").encode())
    packed = put(tmp_path / "c.zip", b"")
    with ZipFile(packed, "w") as archive:
        archive.writestr("c.md", form("阳新县交通局"))
    s3.put_file(str(packed), "bucket/in/c.zip")
    ingest = ("ingest", "s3://bucket/in/", "-o", tmp_path / "out", "-j", 1)
    elsewhere = (*ingest, "--results", "s3://bucket/out")
    code, said = run(*elsewhere)
    assert (code, "3 files: 3 review" in said) == (1, True)
    assert results(s3) == {"a.md.json", "乡镇/b.md.json", "c.zip/c.md.json"}
    assert "review  " not in run(*ingest)[1]  # nothing is read again, and the results are where they were
    s3.rm_file("bucket/in/a.md")
    s3.pipe_file("bucket/in/乡镇/b.md", form("阳新县水利局").encode())
    run(*ingest)
    assert results(s3) == {"乡镇/b.md.json", "c.zip/c.md.json"}
    assert s3.isfile("bucket/out/withdrawn/a.md.json")
    assert "阳新县水利局" in s3.cat_file("bucket/out/results/乡镇/b.md.json").decode()
    s3.rm_file("bucket/out/results/c.zip/c.md.json")
    run(*ingest)
    assert "c.zip/c.md.json" in results(s3)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("s3://bucket/none", "-o", "{out}"), 66),
        (("s3://bucket/in", "-o", "{out}", "--results", "s3://none/out"), 74),
        (("s3://bucket/in", "-o", "{out}", "--results", "s3://bucket/in/out"), 73),
        (("nonsense://x", "-o", "{out}"), 69),
    ],
)
def test_what_cannot_be_done_is_said_without_a_traceback(
    s3: Any, tmp_path: Path, arguments: tuple[str, ...], code: int
) -> None:
    s3.pipe_file("bucket/in/a.md", form("阳新县司法局").encode())
    exited, said = run("ingest", *(argument.format(out=tmp_path / "out") for argument in arguments))
    assert (exited, "Traceback" in said) == (code, False)


def test_the_results_of_two_folders_are_not_mixed(s3: Any, tmp_path: Path) -> None:
    s3.pipe_file("bucket/in/a.md", form("阳新县司法局").encode())
    first, second = (("ingest", "s3://bucket/in", "-o", tmp_path / name, "-j", 1) for name in "ab")
    assert run(*first, "--results", "s3://bucket/out")[0] == 1
    assert run(*second, "--results", "s3://bucket/out")[0] == 73
    assert run(*first, "--results", "s3://bucket/other")[0] == 73


def test_results_in_a_folder_of_their_own_follow_the_inbox_too(tmp_path: Path) -> None:
    inbox, out, shared = tmp_path / "in", tmp_path / "out", tmp_path / "shared"
    for name in ("a", "b"):
        put(inbox / f"{name}.md", form(f"阳新县{name}局"))
    ingest = ("ingest", inbox, "-o", out, "-j", 1, "--settle", 0)
    assert run(*ingest, "--results", shared)[0] == 1
    assert tree(shared).keys() == {"a.md.json", "b.md.json"}
    assert tree(out) == {}
    assert list((shared / ".shenbao" / "unfinished").iterdir()) == []
    (inbox / "a.md").unlink()
    put(inbox / "b.md", form("阳新县水利局"))
    assert run(*ingest)[0] == 1
    assert tree(shared).keys() == {"b.md.json"}
    assert (shared / "withdrawn" / "a.md.json").is_file()
    assert "阳新县水利局" in (out / "reconciliation.html").read_text("utf-8")
    assert run("tables", shared, "--to", tmp_path / "tables")[0] == 0
    assert run("tables", out, "--to", tmp_path / "tables")[0] == 66
    assert run("ingest", inbox, "-o", tmp_path / "other", "--results", shared)[0] == 73
    assert run("ingest", inbox, "-o", tmp_path / "third", "--results", inbox / "x")[0] == 73


@pytest.mark.parametrize(
    ("package", "arguments"),
    [("ray", ("{in}", "--engine", "ray")), ("s3fs", ("s3://bucket/in",))],
)
def test_a_missing_package_is_said_with_how_to_install_it(
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    package: str,
    arguments: tuple[str, ...],
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    monkeypatch.delitem(sys.modules, "shenbao.ingest.workers.cluster", raising=False)
    monkeypatch.delitem(sys.modules["fsspec.registry"]._registry, "s3", raising=False)
    put(tmp_path / "in" / "a.md", form("阳新县司法局"))
    places = [argument.format(**{"in": tmp_path / "in"}) for argument in arguments]
    with pytest.raises(SystemExit) as exited:
        main(["ingest", *places, "-o", str(tmp_path / "out")])
    assert (exited.value.code, "pip install 'shenbao[ray]'" in capfd.readouterr().err) == (69, True)
