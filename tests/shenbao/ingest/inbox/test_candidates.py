"""What counts as a submission in folders and archives, and under which name."""

from __future__ import annotations

import errno
import io
import os
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from extract.files.limits import Limits
from shenbao.ingest import run
from shenbao.ingest.inbox import archive
from shenbao.ingest.inbox.archive import hash_file, list_members, member_as_file
from shenbao.ingest.inbox.candidates import Candidate, Looking, inbox_to_candidates
from shenbao.ingest.ledger.state import counts
from shenbao.ingest.place import Output
from shenbao.unpacking.containers import ArchiveError
from shenbao.unpacking.members import unpack_member
from tests.inboxes import form, put, season


def candidates(folder: Path, limits: Limits = Limits()) -> list[Candidate]:  # noqa: B008
    return inbox_to_candidates(folder, Looking(limits))


def names(folder: Path, limits: Limits = Limits()) -> list[str]:  # noqa: B008
    return [candidate.name for candidate in candidates(folder, limits)]


def zipped(**members: str | bytes) -> bytes:
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def named_in_gbk(**members: str) -> bytes:
    """An archive as Chinese Windows makes it: names in GBK, no flag that says so."""
    file = io.BytesIO()
    with ZipFile(file, "w") as archive:
        for name, content in members.items():
            info = ZipInfo("?" * len(name.encode("gbk")))
            archive.writestr(info, content)
    data = file.getvalue()
    for name in members:
        data = data.replace(b"?" * len(name.encode("gbk")), name.encode("gbk"))
    return data


def test_folders_are_walked_and_names_are_sorted(tmp_path: Path) -> None:
    put(tmp_path / "二处" / "b.md", "b")
    put(tmp_path / "a.md", "a")
    assert names(tmp_path) == ["a.md", "二处/b.md"]


def test_hidden_temporary_and_system_files_are_no_submissions(tmp_path: Path) -> None:
    for name in ("~$申报.docx", ".DS_Store", "Thumbs.db", "a.docx.part", ".git/a.md", "__MACOSX/._a.md"):
        put(tmp_path / name, "x")
    put(tmp_path / "申报.docx", "x")
    assert names(tmp_path) == ["申报.docx"]


def test_folders_with_results_in_the_inbox_are_not_read(tmp_path: Path) -> None:
    put(tmp_path / "a.md", "a")
    for folder in ("out", "others"):
        output = Output(tmp_path / folder)
        output.prepare()
        output.identity()
        put(tmp_path / folder / "results" / "a.md.json", "{}")
    assert names(tmp_path) == ["a.md"]


def test_the_list_and_the_log_in_the_inbox_are_no_submissions(tmp_path: Path) -> None:
    listed = put(tmp_path / "名单.csv", "部门")
    put(tmp_path / "a.md", "a")
    assert [c.name for c in inbox_to_candidates(tmp_path, Looking(Limits(), {listed}))] == ["a.md"]


def test_links_that_lead_nowhere_or_to_themselves_stop_nothing(tmp_path: Path) -> None:
    put(tmp_path / "a.md", "a")
    for name, target in (("nowhere.md", "none"), ("itself.md", "itself.md"), ("folder", ".")):
        (tmp_path / name).symlink_to(target)
    assert names(tmp_path) == ["a.md"]


class InThisProcess:
    """Looks at the bytes here, where a test can refuse to open them."""

    def __init__(self, _: object) -> None:
        self.members, self.hash = list_members, hash_file

    def __enter__(self) -> InThisProcess:
        return self

    def __exit__(self, *_: object) -> None:
        pass


def test_a_link_that_leads_out_of_the_inbox_is_passed_over_unless_it_is_allowed(tmp_path: Path) -> None:
    secret = put(tmp_path / "elsewhere" / "secret.md", "x")
    inside = put(tmp_path / "in" / "a.md", "a")
    (tmp_path / "in" / "b.md").symlink_to(secret)
    (tmp_path / "in" / "c.md").symlink_to(inside)
    assert names(tmp_path / "in") == ["a.md", "c.md"]
    allowed = inbox_to_candidates(tmp_path / "in", Looking(Limits(), outside=True))
    assert [candidate.name for candidate in allowed] == ["a.md", "b.md", "c.md"]


def test_an_inbox_that_is_a_link_itself_is_read(tmp_path: Path) -> None:
    put(tmp_path / "elsewhere" / "a.md", "a")
    (tmp_path / "in").symlink_to("elsewhere")
    assert names(tmp_path / "in") == ["a.md"]


def refuse(patch: pytest.MonkeyPatch, refused: Path) -> None:
    """May not be opened, as if the tests were not run by root, whom nobody refuses."""
    scan, open_ = os.scandir, Path.open

    def scandir(path: Path) -> Any:
        if str(path) == str(refused):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return scan(path)

    def opened(path: Path, *arguments: Any, **named: Any) -> Any:
        if path == refused:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return open_(path, *arguments, **named)

    patch.setattr(run, "Inspector", InThisProcess)
    patch.setattr(os, "scandir", scandir)
    patch.setattr(Path, "open", opened)


@pytest.mark.parametrize("shut", ["二处", "收.zip", "c.md"])
def test_what_may_not_be_opened_is_said_and_what_is_known_of_it_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shut: str
) -> None:
    made = season(tmp_path, a=form("阳新县司法局"), c=form("阳新县水利局"))
    put(made.inbox / "二处" / "b.md", form("阳新县教育局"))
    put(made.inbox / "收.zip", zipped(**{"d.md": form("阳新县交通局")}))
    made.run()
    before = made.results()
    put(made.inbox / "a.md", form("阳新县财政局"))
    put(made.inbox / "c.md", form("阳新县水利局"), age=9)
    refuse(monkeypatch, made.inbox / shut)
    heard = made.run()
    assert heard.read == ["a.md"]
    assert made.ledger().files()[shut].reason == "无法读取：没有读取权限"
    known = {name: data for name, data in before.items() if name not in ("a.md.json", "c.md.json")}
    assert known.items() <= made.results().items()
    monkeypatch.undo()
    made.run()
    assert made.results().keys() == before.keys()
    assert counts(made.ledger()) == {"review": 4}


LONG = {
    "Chinese": "中" * 83 + ".md",
    "Latin": "x" * 252 + ".md",
    "folders": "/".join("".join(map(chr, range(0x4E00 + n * 80, 0x4E50 + n * 80))) for n in range(15))
    + "/a.md",
}


@pytest.mark.parametrize("name", LONG.values(), ids=LONG)
def test_the_longest_names_that_a_file_may_have_are_read(tmp_path: Path, name: str) -> None:
    made = season(tmp_path)
    put(made.inbox / name, form("阳新县司法局"))
    made.run()
    made.run()
    ((result, data),) = made.results().items()
    assert (result[:20], result[-5:]) == (name[:20], ".json")
    assert "阳新县司法局" in data.decode()
    assert counts(made.ledger()) == {"review": 1}


def test_long_names_that_begin_alike_are_told_apart(tmp_path: Path) -> None:
    made = season(tmp_path)
    for end in ("甲", "乙"):
        put(made.inbox / f"{'中' * 82}{end}.md", form(f"阳新县{end}局"))
    made.run()
    assert len(made.results()) == 2


def test_steps_of_a_path_may_be_in_different_encodings(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path) + b"/" + "二处".encode("gbk")
    Path(os.fsdecode(folder)).mkdir()
    put(Path(os.fsdecode(folder)) / "司法局.md", "a")
    assert names(tmp_path) == ["二处/司法局.md"]


def test_members_of_an_archive_have_their_names_from_chinese_windows(tmp_path: Path) -> None:
    put(tmp_path / "收.zip", named_in_gbk(**{"司法局/申报表.md": "甲", "教育局.md": "乙"}))
    assert names(tmp_path) == ["收.zip/司法局/申报表.md", "收.zip/教育局.md"]


def test_a_member_is_read_like_a_file(tmp_path: Path) -> None:
    made = season(tmp_path)
    put(made.inbox / "收.zip", named_in_gbk(**{"司法局.md": form("阳新县司法局")}))
    made.run()
    assert "阳新县司法局" in made.results()["收.zip/司法局.md.json"].decode()


def test_an_archive_in_an_archive_is_opened(tmp_path: Path) -> None:
    put(tmp_path / "a.zip", zipped(**{"b.zip": zipped(**{"c.md": "c"}), "d.md": b"d"}))
    assert names(tmp_path) == ["a.zip/b.zip/c.md", "a.zip/d.md"]
    nested = candidates(tmp_path)[0]
    with member_as_file(nested.path, nested.way) as file:
        assert file.read_text() == "c"


def test_a_member_cannot_leave_its_folder(tmp_path: Path) -> None:
    put(tmp_path / "a.zip", zipped(**{"../../etc/x.md": "x", "C:\\y.md": "y", "/z.md": "z"}))
    assert names(tmp_path) == ["a.zip/etc/x.md", "a.zip/y.md", "a.zip/z.md"]


@pytest.mark.parametrize(
    ("content", "limits"),
    [
        (b"PK\x03\x04 broken", Limits()),
        (zipped(), Limits()),
        (zipped(a=b"\0" * 20_000_000), Limits()),
        (zipped(a="1", b="2", c="3"), Limits(max_members=2)),
        (zipped(**{"a.zip": zipped(a="1", b="2"), "b.zip": zipped(a="1", b="2")}), Limits(max_members=3)),
        (
            zipped(**{f"{n}.zip": zipped(**{"a.zip": zipped(a=str(n) * 2000)}) for n in range(9)}),
            Limits(max_unpacked_bytes=2000),
        ),
    ],
    ids=["broken", "empty", "bomb", "too many", "too many within", "too much within"],
)
def test_an_archive_that_must_not_be_unpacked_is_left_to_the_reader(
    tmp_path: Path, content: bytes, limits: Limits
) -> None:
    put(tmp_path / "a.zip", content)
    assert names(tmp_path, limits) == ["a.zip"]


def test_a_bomb_is_rejected_with_its_reason(tmp_path: Path) -> None:
    made = season(tmp_path)
    put(made.inbox / "a.zip", zipped(a=b"\0" * 20_000_000))
    (outcome,) = made.run().outcomes
    assert outcome.state == "rejected"
    assert "解压后是压缩前的" in outcome.reason


def test_a_damaged_member_is_said_and_the_others_are_read(tmp_path: Path) -> None:
    good, bad = form("阳新县司法局"), "坏" * 500
    file = io.BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("a.md", good)
        archive.writestr("b.md", bad)
    made = season(tmp_path)
    put(made.inbox / "z.zip", file.getvalue().replace("坏坏坏".encode(), "坏好坏".encode(), 1))
    heard = made.run()
    assert heard.read == ["z.zip/a.md"]
    assert made.ledger().files()["z.zip/b.md"].reason.startswith("无法读取：压缩包成员无法解压")


def test_the_same_name_twice_gets_a_number(tmp_path: Path) -> None:
    put(tmp_path / "z.zip", zipped(**{"a.md": "1", "A.md": "2"}))
    assert names(tmp_path) == ["z.zip/A.md", "z.zip/a.md (2)"]


def test_a_missing_archive_is_not_an_empty_one(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        hash_file(tmp_path / "gone.zip", (0,))
    put(tmp_path / "a.zip", "no archive")
    with pytest.raises(ArchiveError):
        hash_file(tmp_path / "a.zip", (0,))


def unpackings(patch: pytest.MonkeyPatch) -> list[str]:
    """The names of the members that are unpacked from now on."""
    unpacked: list[str] = []
    unpack = unpack_member

    def counted(path: Path, index: int, target: Path, limits: Limits) -> None:
        with ZipFile(path) as opened:
            unpacked.append(opened.infolist()[index].filename)
        unpack(path, index, target, limits)

    patch.setattr(archive, "unpack_member", counted)
    return unpacked


def test_an_archive_in_an_archive_is_unpacked_once_for_all_its_members(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = zipped(**{f"{n:02}.md": f"{n}" for n in range(20)})
    put(tmp_path / "a.zip", zipped(**{"inner.zip": inner, "other.md": b"x"}))
    found = candidates(tmp_path)
    unpacked = unpackings(monkeypatch)
    contents = set()
    for candidate in found:
        with member_as_file(candidate.path, candidate.way) as file:
            contents.add(file.read_text())
    assert contents == {"x", *map(str, range(20))}
    assert unpacked.count("inner.zip") == 1


def test_a_replaced_archive_is_unpacked_anew(tmp_path: Path) -> None:
    for content, age in (("old", 60), ("new", 30)):
        path = put(tmp_path / "a.zip", zipped(**{"inner.zip": zipped(**{"a.md": content})}), age)
        with member_as_file(path, (0, 0)) as file:
            assert file.read_text() == content
