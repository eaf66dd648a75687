"""Archives and mails: their members under readable names, bounded, and nothing outside of where it belongs."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import py7zr
import pytest

from extract.files.limits import Limits
from shenbao.unpacking.containers import ArchiveError
from shenbao.unpacking.members import file_to_listing, unpacked
from tests.archives import compound_of

LIMITS = Limits()
FORM = "部门\t江阳县\n".encode()


def zipped(members: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return made.getvalue()


def zipped_by_windows(members: dict[str, bytes]) -> bytes:
    """Names in GBK without the mark of UTF-8, as Chinese Windows writes them."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in members.items():
            archive.writestr("x" * len(name.encode("gbk")), data)
    data = made.getvalue()
    for name in members:
        data = data.replace(b"x" * len(name.encode("gbk")), name.encode("gbk"))
    return data


def tarred(members: dict[str, bytes], mode: str = "w") -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return made.getvalue()


def packed_7z(members: dict[str, bytes], password: str | None = None) -> bytes:
    made = io.BytesIO()
    with py7zr.SevenZipFile(made, "w", password=password) as archive:
        for name, data in members.items():
            archive.writestr(data, name)
    return made.getvalue()


def mailed(members: dict[str, bytes]) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@example.com", "b@example.com", "报送"
    mail.set_content("请查收")
    for name, data in members.items():
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return bytes(mail)


def outlook(members: dict[str, bytes]) -> bytes:
    streams: dict[tuple[str, ...], bytes] = {("__properties_version1.0",): bytes(64)}
    for n, (name, data) in enumerate(members.items()):
        folder = f"__attach_version1.0_#{n:08X}"
        streams[folder, "__substg1.0_3707001F"] = name.encode("utf-16-le")
        streams[folder, "__substg1.0_37010102"] = data
    return compound_of(streams)


MAKERS: dict[str, Callable[[dict[str, bytes]], bytes]] = {
    "a.zip": zipped,
    "b.zip": zipped_by_windows,
    "a.tar": tarred,
    "a.tar.gz": lambda members: tarred(members, "w:gz"),
    "a.tar.xz": lambda members: tarred(members, "w:xz"),
    "a.7z": packed_7z,
    "a.eml": mailed,
    "a.msg": outlook,
}


def saved(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name", MAKERS)
def test_members_have_readable_names_and_their_own_bytes(tmp_path: Path, name: str) -> None:
    path = saved(tmp_path, name, MAKERS[name]({"申报表.txt": FORM, "附表.txt": b"2"}))
    listing = file_to_listing(path, LIMITS)
    assert listing.problem is None
    assert [member.name for member in listing.members] == ["申报表.txt", "附表.txt"]
    with unpacked(path, listing.members[0].way, LIMITS) as file:
        assert file.read_bytes().rstrip(b"\0") == FORM


@pytest.mark.parametrize("outer", ["a.zip", "a.tar.gz", "a.7z", "a.eml", "a.msg"])
def test_an_archive_in_a_mail_or_an_archive_is_looked_into(tmp_path: Path, outer: str) -> None:
    path = saved(tmp_path, outer, MAKERS[outer]({"内.zip": zipped({"申报表.txt": FORM})}))
    (member,) = file_to_listing(path, LIMITS).members
    assert member.name == "内.zip/申报表.txt"
    with unpacked(path, member.way, LIMITS) as file:
        assert file.read_bytes().rstrip(b"\0") == FORM


def test_archives_are_opened_three_deep(tmp_path: Path) -> None:
    data = zipped({"表.txt": FORM})
    for _ in range(4):
        data = zipped({"内.zip": data})
    (member,) = file_to_listing(saved(tmp_path, "a.zip", data), LIMITS).members
    assert member.name == "内.zip/内.zip/内.zip"


def test_a_single_packed_file_is_its_own_member(tmp_path: Path) -> None:
    path = saved(tmp_path, "申报表.txt.gz", gzip.compress(FORM))
    (member,) = file_to_listing(path, LIMITS).members
    with unpacked(path, member.way, LIMITS) as file:
        assert (member.name, file.read_bytes()) == ("申报表.txt", FORM)


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.eml", "a.msg"])
def test_names_that_lead_outside_lead_nowhere(tmp_path: Path, name: str) -> None:
    path = saved(tmp_path, name, MAKERS[name]({"../../etc/表.txt": FORM, "C:\\表.txt": b"2"}))
    members = file_to_listing(path, LIMITS).members
    assert [member.name.split("/")[-1] for member in members] == ["表.txt", "表.txt"]
    assert not any(".." in member.name for member in members)
    with unpacked(path, members[0].way, LIMITS) as file:
        assert file.read_bytes().rstrip(b"\0") == FORM
    assert sorted(one.name for one in tmp_path.iterdir()) == [name]


def test_links_in_a_tar_are_no_members(tmp_path: Path) -> None:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        link = tarfile.TarInfo("表.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    assert file_to_listing(saved(tmp_path, "a.tar", made.getvalue()), LIMITS).members == ()


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.7z", packed_7z({"表.txt": FORM}, "secret"), "file-encrypted"),
        ("a.7z", packed_7z({"表.txt": FORM})[:-20], "file-damaged"),
        ("a.tar.gz", tarred({"表.txt": FORM * 500}, "w:gz")[:60], "file-damaged"),
        ("a.tar", tarred({f"{n}.txt": b"" for n in range(60)}), "file-too-large"),
        ("a.gz", gzip.compress(bytes(10**6)), "file-too-large"),
        ("a.tar.gz", tarred({"a.txt": bytes(10**6)}, "w:gz"), "file-too-large"),
        ("a.eml", mailed({f"{n}.txt": b"" for n in range(60)}), "file-too-large"),
    ],
    ids=["locked", "cut-7z", "cut-tar", "many", "bomb", "tar-bomb", "many-attachments"],
)
def test_what_is_not_unpacked_is_named(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    limits = Limits(max_members=50, max_unpacked_bytes=500_000)
    listing = file_to_listing(saved(tmp_path, name, data), limits)
    assert (listing.members, listing.problem.code if listing.problem else None) == ((), code)


def test_a_mail_s_logo_is_no_submission_and_a_table_in_its_body_is(tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "a@example.com", "报送"
    mail.set_content("请查收")
    mail.add_alternative("<table><tr><td>部门</td></tr></table>", subtype="html")
    mail.add_attachment(
        b"logo", maintype="image", subtype="png", filename="logo.png", cid="<1>", disposition="inline"
    )
    members = file_to_listing(saved(tmp_path, "a.eml", bytes(mail)), LIMITS).members
    assert [member.name for member in members] == ["正文.html"]


def test_a_member_that_is_gone_says_so(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.tar", tarred({"表.txt": FORM}))
    with pytest.raises(ArchiveError, match="已改变"), unpacked(path, (5,), LIMITS):
        pass
