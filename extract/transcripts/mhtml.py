"""MHTML, a web page with its parts in one file, as browsers and Excel save it (RFC 2557) → its pages as one text."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage, Message
from pathlib import Path

from extract.files.encoding import bytes_to_text
from extract.files.kinds import Kind
from extract.files.limits import UNFOLDING
from extract.files.refusals import damaged, megabytes, too_large
from extract.transcripts.markup import text_to_document
from models.document import Document, Problem


def read_mhtml(path: Path) -> Document:
    """The tables and lines of all pages in the file; pages without a table count only where none has one.

    A file without a page, or beyond a limit, gives no pieces and a problem. Raises `OSError`.
    """
    size = path.stat().st_size
    if size > UNFOLDING.part_bytes:
        detail = f"{megabytes(size)}，上限 {megabytes(UNFOLDING.part_bytes)}"
        return Document((), Kind.MHTML.media_type, problems=(too_large(detail),))
    message = email.message_from_bytes(path.read_bytes(), EmailMessage, policy=email.policy.compat32)
    pages, problems = _pages(message)
    if not pages:
        return Document((), Kind.MHTML.media_type, problems=(damaged("网页存档中没有网页"),))
    tables = [page for page in pages if "<table" in page.lower()]
    return text_to_document("\n".join(tables or pages), Kind.MHTML.media_type, problems)


def _pages(message: Message) -> tuple[list[str], tuple[Problem, ...]]:
    """The text of every HTML part, and what is to be told of their encodings."""
    pages: list[str] = []
    told: dict[Problem, None] = {}
    for part in message.walk():
        if part.get_content_type() != "text/html":
            continue
        data = part.get_payload(decode=True)
        text, problems = (
            bytes_to_text(data, part.get_content_charset() or "") if isinstance(data, bytes) else (None, ())
        )
        if text is not None:
            pages.append(text)
            told.update(dict.fromkeys(problems))
    return pages, tuple(told)
