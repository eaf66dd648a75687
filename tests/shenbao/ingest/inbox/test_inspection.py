"""Strangers' bytes are looked at in a bounded process: a file that hangs it costs neither the run nor its neighbours."""

from __future__ import annotations

import errno
import time
from pathlib import Path
from zipfile import ZipFile

import pytest

from extract.files.limits import Limits
from shenbao.bounded.limits import WorkLimits
from shenbao.ingest.inbox import inspection
from shenbao.ingest.inbox.inspection import Inspection, Inspector, inspect_file
from shenbao.unpacking.containers import ArchiveError
from tests.inboxes import form, put, season
from tests.shenbao.ingest.inbox.test_candidates import zipped

LIMITS = WorkLimits(2, 2**30)


def hanging(asked: Inspection) -> object:
    """Hangs at the bytes of one file."""
    if "bad" in str(asked.place):
        time.sleep(60)
    return inspect_file(asked)


def test_members_and_hashes_are_those_of_this_process(tmp_path: Path) -> None:
    path = put(tmp_path / "a.zip", zipped(**{"a.md": "x"}))
    with Inspector(LIMITS) as inspector:
        (member,) = inspector.members(path, Limits())
        assert (member.name, member.size) == ("a.md", 1)
        assert inspector.hash(path, member.way) == inspect_file(Inspection(path, member.way))


def test_what_cannot_be_read_is_raised_here(tmp_path: Path) -> None:
    path = put(tmp_path / "a.zip", zipped(**{"a.md": "x"}))
    with Inspector(LIMITS) as inspector:
        with pytest.raises(FileNotFoundError) as caught:
            inspector.hash(tmp_path / "none", ())
        assert caught.value.errno == errno.ENOENT
        with pytest.raises(ArchiveError):
            inspector.hash(path, (7,))


def test_an_unchanged_archive_is_asked_once(tmp_path: Path) -> None:
    path = put(tmp_path / "a.zip", zipped(**{"a.md": "x"}))
    with Inspector(LIMITS) as inspector:
        assert inspector.members(path, Limits()) is inspector.members(path, Limits())
        put(path, zipped(**{"b.md": "x"}), age=9)
        assert [member.name for member in inspector.members(path, Limits())] == ["b.md"]


def test_a_file_that_hangs_whoever_looks_at_it_is_named_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inspection, "inspect_file", hanging)
    made = season(tmp_path, a=form("阳新县司法局"))
    put(made.inbox / "bad.zip", zipped(**{"b.md": form("阳新县教育局")}))
    put(made.inbox / "c.md", form("阳新县水利局"))
    assert made.run(limits=LIMITS).read == ["a.md", "c.md"]
    assert made.ledger().files()["bad.zip"].reason == "无法读取：读取超过 2 s 仍未完成，已停止（--timeout）"


def test_a_directory_of_members_without_end_is_refused_and_not_parsed(tmp_path: Path) -> None:
    path = tmp_path / "in" / "a.zip"
    path.parent.mkdir()
    with ZipFile(path, "w") as archive:
        for n in range(20_000):
            archive.writestr(f"{n:0200}", b"")
    made = season(tmp_path)
    put(path, path.read_bytes())
    (outcome,) = made.run().outcomes
    assert (outcome.state, "成员目录" in outcome.reason) == ("rejected", True)
