"""Mails (RFC 5322, .eml): their attachments, mails within them, and a body that holds a table."""

from __future__ import annotations

import email
import email.errors
import email.header
import email.policy
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage, Message
from pathlib import Path

from extract.files.zips import bytes_to_file_name
from shenbao.unpacking.containers import ArchiveEntry, ArchiveError, OverArchiveLimitError

_MOST_BYTES = 100 * 1024 * 1024
"""A mail is held in memory several times over; servers refuse what has more than 50 MB."""
_MOST_PARTS = 5000
"""Parts of a mail; one with a hundred attachments has 210."""
_TABLE = re.compile(rb"<table\b", re.I)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file in a mail: its name and its bytes."""

    name: str
    data: bytes


class MailContainer:
    """The mail at `path`, taken apart when it is first asked."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def entries(self) -> list[ArchiveEntry | None]:
        """As `Container` has it."""
        return [ArchiveEntry(one.name, len(one.data), zlib.crc32(one.data)) for one in self._attachments()]

    def unpack(self, index: int, target: Path) -> None:
        """As `Container` has it."""
        for number, one in enumerate(self._attachments()):
            if number == index:
                with target.open("xb") as file:
                    file.write(one.data)
                return
        raise ArchiveError("邮件已改变")

    def _attachments(self) -> Iterator[Attachment]:
        if self._path.stat().st_size > _MOST_BYTES:
            raise OverArchiveLimitError(f"邮件超过上限 {_MOST_BYTES // 2**20} MB")
        message = email.message_from_bytes(
            self._path.read_bytes(), EmailMessage, policy=email.policy.compat32
        )
        yield from _message_to_attachments(message)


def _message_to_attachments(message: Message) -> Iterator[Attachment]:
    bodies: list[bytes] = []
    for number, part in enumerate(_own_parts(message)):
        if number >= _MOST_PARTS:
            raise OverArchiveLimitError(f"邮件的组成部分超过上限 {_MOST_PARTS} 个")
        name = _file_name(part)
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload()
            if isinstance(inner, list) and inner and isinstance(inner[0], Message):
                yield Attachment(name or "转发邮件.eml", inner[0].as_bytes())
            continue
        data = part.get_payload(decode=True)
        if part.is_multipart() or not isinstance(data, bytes):
            continue
        if name and not _is_ornament(part):
            yield Attachment(name, data)
        elif part.get_content_type() == "text/html" and _TABLE.search(data):
            bodies.append(data)
    for data in bodies:
        yield Attachment("正文.html", data)


def _own_parts(message: Message) -> Iterator[Message]:
    """The parts of a mail in their order; those of a mail within it belong to that one."""
    todo = [message]
    while todo:
        part = todo.pop()
        yield part
        if part.get_content_maintype() == "multipart":
            inner = part.get_payload()
            todo += (
                [one for one in reversed(inner) if isinstance(one, Message)]
                if isinstance(inner, list)
                else []
            )


def _is_ornament(part: Message) -> bool:
    """A picture that the body shows, such as a logo in a signature."""
    shown = part.get("Content-ID") and part.get_content_disposition() != "attachment"
    return part.get_content_maintype() == "image" and bool(shown)


def _file_name(part: Message) -> str:
    """An attachment's name, in whichever of the ways to write Chinese it was written."""
    name = part.get_filename("")
    if isinstance(name, bytes):
        return bytes_to_file_name(name)
    try:
        pieces = email.header.decode_header(name)
    except (ValueError, email.errors.HeaderParseError):
        pieces = [(name, None)]
    return "".join(_decoded(text, encoding) for text, encoding in pieces).strip()


def _decoded(text: str | bytes, encoding: str | None) -> str:
    if isinstance(text, str):
        raw = text.encode("utf-8", "surrogateescape")
        return bytes_to_file_name(raw) if any(byte > 0x7F for byte in raw) else text
    try:
        return text.decode({"gb2312": "gb18030", "gbk": "gb18030"}.get(encoding or "", encoding or "utf-8"))
    except (LookupError, UnicodeDecodeError):
        return bytes_to_file_name(text)
