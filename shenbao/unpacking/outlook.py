"""Outlook's own mails (.msg): the attachments in a compound file ([MS-OXMSG] 2.2.2)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import olefile

from shenbao.unpacking.containers import ArchiveEntry, ArchiveError, OverArchiveLimitError, blamed

_ATTACHMENT = "__attach_version1.0_#"
_DATA = "__substg1.0_37010102"
"""The property with an attachment's bytes; a mail within the mail has a storage in its place."""
_NAMES = ("__substg1.0_3707", "__substg1.0_3704", "__substg1.0_3001")
"""The properties with its long name, its short name and the name that is shown, the best first."""
_MOST_ATTACHMENTS = 1000
"""Attachments of a mail."""
_BROKEN = (EOFError, IndexError, KeyError, OSError, OverflowError, RuntimeError, ValueError, struct.error)


class OutlookContainer:
    """The mail at `path`."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def entries(self) -> list[ArchiveEntry | None]:
        """As `Container` has it; a mail within the mail is listed, and cannot be unpacked."""
        with self._opened() as ole:
            return [
                ArchiveEntry(
                    _name(ole, folder), ole.get_size([folder, _DATA]) if ole.exists([folder, _DATA]) else 0
                )
                for folder in _folders(ole)
            ]

    def unpack(self, index: int, target: Path) -> None:
        """As `Container` has it."""
        with self._opened() as ole:
            folders = _folders(ole)
            if index >= len(folders):
                raise ArchiveError("邮件已改变")
            if not ole.exists([folders[index], _DATA]):
                raise ArchiveError("附件是另一封邮件或链接，请另存后单独提交")
            data = ole.openstream([folders[index], _DATA]).read()
        with target.open("xb") as file:
            file.write(data)

    @contextmanager
    def _opened(self) -> Iterator[olefile.OleFileIO[str]]:
        try:
            with olefile.OleFileIO(str(self._path)) as ole:
                yield ole
        except ArchiveError:
            raise
        except _BROKEN as error:
            raise blamed(error, "邮件无法读取") from error


def _folders(ole: olefile.OleFileIO[str]) -> list[str]:
    """The storages of the mail's own attachments."""
    found = sorted(
        {
            str(parts[0])
            for parts in ole.listdir(streams=True, storages=True)
            if str(parts[0]).startswith(_ATTACHMENT)
        }
    )
    if len(found) > _MOST_ATTACHMENTS:
        raise OverArchiveLimitError(f"邮件附件超过上限 {_MOST_ATTACHMENTS} 个")
    return found


def _name(ole: olefile.OleFileIO[str], folder: str) -> str:
    for name in _NAMES:
        for ending, encoding in (("001F", "utf-16-le"), ("001E", "gb18030")):
            if ole.exists([folder, name + ending]):
                data = ole.openstream([folder, name + ending]).read()
                text = data.decode(encoding, "replace").strip("\0 ")
                if text:
                    return str(text)
    return "附件"
