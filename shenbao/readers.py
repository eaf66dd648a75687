"""Which reader opens which kind of file. Its library is loaded when the first file of that kind comes."""

# ruff: noqa: PLC0415

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from extract.files.kinds import Kind
from extract.files.limits import Limits
from extract.page.text_gate import through_gate
from models.document import Document, PageContent, Problem

if TYPE_CHECKING:
    from extract.ocr.engine import Engine, Picture, Reading
    from extract.page.hidden_text import HiddenText
    from models.cell_reading import CellReading
    from models.geometry import Box


RefereeScope = Literal["none", "doubtful", "all"]
"""Of which PDF pages with ruled tables a second reader is asked: none, those that a warning was given about, or all."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What may change a result beside the file itself: how much of it we read, and whether a second reader is asked."""

    limits: Limits = field(default_factory=Limits)
    max_text_bytes: int = 8_000_000
    max_pages: int = 2_000
    referee: RefereeScope = "doubtful"
    original: Path | None = None
    """The PDF or picture that another parser's JSON was made of."""


Reader = Callable[[Path, Kind, Settings], Document]


def read_document(path: Path, kind: Kind, settings: Settings) -> Document:
    """The pieces of the file at `path`, which is of `kind`, with clean texts; a kind without a reader gives one
    problem."""
    reader = KIND_READERS.get(kind)
    if reader is None:
        return Document((), kind.media_type, problems=(_no_reader(kind),))
    return through_gate(reader(path, kind, settings))


def _no_reader(kind: Kind) -> Problem:
    return Problem(
        "file-unsupported", f"暂不支持读取{kind.media_type}，请提交 Word、Excel、PDF 或文本文件。", "error"
    )


def recogniser() -> Engine:
    """The recogniser of one file's pictures; its models are loaded when it reads its first line."""
    from extract.ocr.engine import Guarded
    from extract.ocr.rapid import RapidEngine
    from extract.ocr.sharing import Sharing

    return Sharing(Guarded(RapidEngine()))


def _read_text(path: Path, kind: Kind, settings: Settings) -> Document:
    from extract.transcripts.markup import read_markup

    return read_markup(path.read_bytes(), media_type=kind.media_type, max_bytes=settings.max_text_bytes)


def _read_parsed(path: Path, kind: Kind, settings: Settings) -> Document:
    from extract.parsers.reader import read_parsed

    original = settings.original
    if original is None:
        return read_parsed(path.read_bytes(), {})
    from extract.parsers.original import original_page_sizes, with_original

    document = read_parsed(path.read_bytes(), original_page_sizes(original))
    asked: set[str] = set()

    def engine() -> Engine:
        made = recogniser()
        asked.add(made.version)
        return made

    document = with_original(document, original, engine)
    return replace(document, recogniser=next(iter(asked), None))


def _read_word(path: Path, kind: Kind, settings: Settings) -> Document:
    from extract.office.word.reader import read_word

    return read_word(path)


def _read_sheet(path: Path, kind: Kind, settings: Settings) -> Document:
    from extract.office.excel.reader import read_excel

    return read_excel(path)


def _read_old_word(path: Path, kind: Kind, settings: Settings) -> Document:
    from extract.office.legacy.word import read_old_word

    return read_old_word(path)


def _read_old_excel(path: Path, kind: Kind, settings: Settings) -> Document:
    from extract.office.legacy.excel import read_old_excel

    return read_old_excel(path)


def _read_spreadsheet_xml(path: Path, kind: Kind, settings: Settings) -> Document:
    from extract.office.excel.spreadsheet_xml import read_spreadsheet_xml

    return read_spreadsheet_xml(path)


def _read_mhtml(path: Path, kind: Kind, settings: Settings) -> Document:
    from extract.transcripts.mhtml import read_mhtml

    return read_mhtml(path)


def _read_pdf(path: Path, kind: Kind, settings: Settings) -> Document:
    from extract.pdf.reader import read_pdf

    engines: list[Engine] = []

    def engine() -> Engine:
        """The file's one recogniser, made when the first picture is to be read."""
        if not engines:
            engines.append(recogniser())
        return engines[0]

    def scan(number: int, hidden: HiddenText | None) -> PageContent:
        from extract.scan.reader import read_pdf_picture

        return read_pdf_picture(path, number, engine(), hidden)

    def read_lines(lines: Sequence[Picture]) -> list[Reading]:
        return engine().read(lines)

    def read_cells(number: int, turn: int, boxes: Sequence[Box]) -> Sequence[CellReading]:
        from extract.scan.cell_pictures import read_pdf_cells

        return read_pdf_cells(path, number, turn, boxes, engine())

    document = read_pdf(
        path, max_pages=settings.max_pages, scan=scan, read_cells=read_cells, read_lines=read_lines
    )
    document = _refereed(document, path, settings.referee)
    return replace(document, recogniser=engines[0].version if engines else None)


def _read_ofd(path: Path, kind: Kind, settings: Settings) -> Document:
    from extract.ofd.reader import read_ofd
    from extract.scan.reader import read_picture
    from extract.scan.seal_pictures import picture_to_stamp

    asked: set[str] = set()

    def engine() -> Engine:
        made = recogniser()
        asked.add(made.version)
        return made

    document = read_ofd(
        path,
        max_pages=settings.max_pages,
        read_picture=lambda picture, hidden: read_picture(picture, engine(), hidden),
        read_stamp=lambda pixels: picture_to_stamp(pixels, engine()),
    )
    return replace(document, recogniser=next(iter(asked), None))


def _refereed(document: Document, path: Path, scope: RefereeScope) -> Document:
    """The document of a PDF file with what the second reader says; where it is not installed only `all` tells of it."""
    from extract.referee.camelot_tables import is_available

    if scope == "none" or (scope == "doubtful" and not is_available()):
        return document
    from extract.referee.reader import with_referee

    return with_referee(document, path, every_page=scope == "all")


def _read_picture(path: Path, kind: Kind, settings: Settings) -> Document:
    from extract.scan.pictures import can_read_heic
    from extract.scan.reader import read_pictures

    if kind is Kind.HEIC and not can_read_heic():
        message = "无法读取 HEIC 图片：未安装 pillow-heif。请安装，或将图片另存为 JPEG 后重新提交。"
        return Document((), kind.media_type, problems=(Problem("file-unsupported", message, "error"),))
    engine = recogniser()
    document = read_pictures(path, kind.media_type, engine, settings.max_pages)
    return replace(document, recogniser=engine.version)


KIND_READERS: Mapping[Kind, Reader] = {
    Kind.TEXT: _read_text,
    Kind.HTML: _read_text,
    Kind.JSON: _read_parsed,
    Kind.MHTML: _read_mhtml,
    Kind.SPREADSHEET_XML: _read_spreadsheet_xml,
    Kind.DOC: _read_old_word,
    Kind.XLS: _read_old_excel,
    Kind.DOCX: _read_word,
    Kind.XLSX: _read_sheet,
    Kind.PDF: _read_pdf,
    Kind.OFD: _read_ofd,
    Kind.PNG: _read_picture,
    Kind.JPEG: _read_picture,
    Kind.TIFF: _read_picture,
    Kind.HEIC: _read_picture,
}
