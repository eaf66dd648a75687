"""Which reader opens which kind of file. Its library is loaded when the first file of that kind comes."""

# ruff: noqa: PLC0415

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from extract.source import Kind, Limits
from models.grid import Document, Problem


@dataclass(frozen=True, slots=True)
class Settings:
    """What may change a result beside the file itself: how much of a file we are willing to read."""

    limits: Limits = field(default_factory=Limits)
    max_text_bytes: int = 8_000_000
    max_pages: int = 2_000


Reader = Callable[[Path, Kind, Settings], Document]

NAMES = {
    Kind.DOC: "旧版 Word（.doc）",
    Kind.XLS: "旧版 Excel（.xls）",
    Kind.OFD: "OFD 版式文件",
    Kind.PNG: "PNG 图片",
    Kind.JPEG: "JPEG 图片",
    Kind.TIFF: "TIFF 图片",
    Kind.HEIC: "HEIC 图片",
}
"""Kinds we know and cannot read yet."""


def read_document(path: Path, kind: Kind, settings: Settings) -> Document:
    """The pieces of the file at `path`, which is of `kind`; a kind without a reader gives one problem."""
    reader = READERS.get(kind)
    if reader is None:
        return Document((), kind.media_type, problems=(_no_reader(kind),))
    return reader(path, kind, settings)


def _no_reader(kind: Kind) -> Problem:
    name = NAMES.get(kind, kind.media_type)
    return Problem("file-unsupported", f"暂不支持读取{name}，请提交 Word、Excel、PDF 或文本文件。", "error")


def _read_text(path: Path, kind: Kind, settings: Settings) -> Document:
    from extract.markup import read_markup

    return read_markup(path.read_bytes(), media_type=kind.media_type, max_bytes=settings.max_text_bytes)


def _read_word(path: Path, kind: Kind, settings: Settings) -> Document:
    from extract.word import read_word

    return read_word(path)


def _read_sheet(path: Path, kind: Kind, settings: Settings) -> Document:
    from extract.sheet import read_sheet

    return read_sheet(path)


def _read_pdf(path: Path, kind: Kind, settings: Settings) -> Document:
    from extract.pdf import read_pdf

    return read_pdf(path, max_pages=settings.max_pages)


READERS: Mapping[Kind, Reader] = {
    Kind.TEXT: _read_text,
    Kind.HTML: _read_text,
    Kind.DOCX: _read_word,
    Kind.XLSX: _read_sheet,
    Kind.PDF: _read_pdf,
}
