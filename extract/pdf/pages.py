"""The pages of a PDF file one at a time, as pdfminer finds them. What pdfminer raises becomes an `PdfError`."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFObjectNotFound
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFObjRef, dict_value, list_value, resolve1
from pdfminer.psparser import PSLiteral, literal_name

from extract.pdf.drawing.limits import TooMuchError, too_much_problem
from extract.pdf.drawing.nouns import Matrix
from extract.pdf.drawing.streams import BoundedDocument, Fonts
from extract.pdf.sight.rendering import mended_file
from models.document import Problem

BATCH_PAGES = 50
"""After this many pages the file is parsed anew: the parser keeps every object it has met."""
_LETTER = (0.0, 0.0, 612.0, 792.0)
"""The box of a page that has none, as viewers have it."""
_INHERITED = ("Resources", "MediaBox", "CropBox", "Rotate")
"""What a page takes from the nodes above it when it has none of its own (ISO 32000-1, table 30)."""

_PageBox = tuple[float, float, float, float]
"""Left, bottom, right and top in the file's own units."""


class PdfError(Exception):
    """pdfminer cannot read a file, or a page of it; the cause is what it raised."""


@contextmanager
def library_call() -> Iterator[None]:
    """Stands around calls of pdfminer, and nothing else: what they raise for broken content is an `PdfError`.

    Too little memory and a disk that fails say nothing about the file and pass through, and so do our own limits.
    """
    try:
        yield
    except (MemoryError, OSError, TooMuchError):
        raise
    except Exception as error:  # the parser raises whatever broken content provokes
        raise PdfError from error


@dataclass(frozen=True, slots=True)
class RawPage:
    """Page `number` (from 1) of a document as pdfminer found it; `source` is `None` when the file has no such object.

    `visible` is the part that viewers show; `fonts` are shared with the pages around it, `layers_off` are the object
    numbers of the layers that viewers hide. `mended`: the file was so broken that its objects had to be looked for.
    """

    number: int
    document: PDFDocument
    source: PDFPage | None
    visible: _PageBox
    fonts: Fonts
    layers_off: frozenset[int]
    mended: bool = False

    @property
    def turned(self) -> bool:
        """Whether viewers show the page turned by a quarter."""
        return self.source is not None and self.source.rotate in (90, 270)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points as viewers show the page."""
        x0, y0, x1, y1 = self.visible
        return (y1 - y0, x1 - x0) if self.turned else (x1 - x0, y1 - y0)

    @property
    def matrix(self) -> Matrix:
        """From the file's own units to points from the top left corner of what viewers show."""
        x0, y0, x1, y1 = self.visible
        turns: Mapping[int, Matrix] = {
            90: (0, 1, 1, 0, -y0, -x0),
            180: (-1, 0, 0, 1, x1, -y0),
            270: (0, -1, -1, 0, y1, x1),
        }
        return turns.get(self.source.rotate if self.source else 0, (1, 0, 0, -1, -x0, y1))


def file_to_pages(path: Path, limit: int) -> Iterator[RawPage]:
    """At most `limit` pages of the PDF file at `path`; memory stays that of one batch.

    Raises `PdfError` where the file cannot be read, or not further, `TooMuchError` where it asks for more than
    our limits, and `OSError` when it cannot be opened.
    """
    with path.open("rb") as stream:
        if not stream.read(1):
            return
        opened, document, sources = _opened(path, stream, min(BATCH_PAGES, limit))
        for before in range(0, limit, BATCH_PAGES):
            with library_call():
                if before:
                    end = min(before + BATCH_PAGES, limit)
                    document, sources = _batch(opened.stream, before, end, rebuilt=opened.rebuilt)
                layers_off = _layers_off(document)
            fonts = Fonts()
            for number, source in enumerate(sources, start=before + 1):
                visible = _visible(source) if source else _LETTER
                yield RawPage(number, document, source, visible, fonts, layers_off, opened.mended)
            if len(sources) < BATCH_PAGES:
                return
            # a parsed file refers to itself; its pictures would outlive many batches
            del document, sources, fonts
            gc.collect()


@dataclass(frozen=True, slots=True)
class _Opened:
    """How a file can be read: from which bytes, and whether not by its own table of objects.

    `mended`: the bytes are pdfium's, which found the objects of a broken file.
    """

    stream: BinaryIO
    rebuilt: bool
    mended: bool


def _opened(path: Path, stream: BinaryIO, end: int) -> tuple[_Opened, PDFDocument, Sequence[PDFPage | None]]:
    """The first pages of the file at `path`, and the first way that finds one: as it is, its objects looked for, or as
    pdfium mends it.
    """
    try:
        with library_call():
            for rebuilt in (False, True):
                document, sources = _batch(stream, 0, end, rebuilt=rebuilt)
                if any(sources):
                    return _Opened(stream, rebuilt, False), document, sources
    except PdfError as error:
        if isinstance(error.__cause__, (PDFPasswordIncorrect, PDFEncryptionError, RecursionError)):
            raise
        mended = mended_file(path)
        if mended is None:
            raise
    else:
        mended = mended_file(path)
        if mended is None:
            return _Opened(stream, True, False), document, sources
    with library_call():
        document, sources = _batch(BytesIO(mended), 0, end, rebuilt=False)
    return _Opened(BytesIO(mended), False, True), document, sources


def _batch(
    stream: BinaryIO, first: int, end: int, *, rebuilt: bool
) -> tuple[PDFDocument, Sequence[PDFPage | None]]:
    document = BoundedDocument(stream, rebuilt=rebuilt)
    sources = list(islice(_sources(document), first, end))
    return document, sources


def _sources(document: PDFDocument) -> Iterator[PDFPage | None]:
    """The pages in the order of the page tree, `None` for one that it names and the file lacks.

    pdfminer's own walk ends at the first such page.
    """
    todo: list[tuple[object, Mapping[str, Any]]] = [(document.catalog.get("Pages"), {})]
    seen: set[int] = set()
    found = False
    while todo:
        reference, above = todo.pop()
        if isinstance(reference, PDFObjRef):
            if reference.objid in seen:
                continue
            seen.add(reference.objid)
        try:
            node = resolve1(reference)
        except PDFObjectNotFound:
            node = None
        if not isinstance(node, dict):
            if found or todo:
                yield None
            continue
        inherited = {key: node.get(key, above.get(key)) for key in _INHERITED if key in node or key in above}
        if isinstance(resolve1(node.get("Kids")), list):
            todo += [(kid, inherited) for kid in reversed(list_value(node["Kids"]))]
            continue
        found = True
        yield _Source(document, getattr(reference, "objid", None), {**node, **inherited}, None)
    if not found:
        yield from PDFPage.create_pages(document)


class _Source(PDFPage):
    """A page whose boxes and rotation are what viewers make of them, whatever the file has."""

    def __init__(self, doc: PDFDocument, pageid: object, attrs: object, label: str | None) -> None:
        own = dict(dict_value(attrs))
        own["MediaBox"] = list(_box(own.get("MediaBox")) or _LETTER)
        own["CropBox"] = list(_box(own.get("CropBox")) or own["MediaBox"])
        turn = resolve1(own.get("Rotate", 0))
        own["Rotate"] = int(turn) // 90 * 90 if isinstance(turn, (int, float)) else 0
        super().__init__(doc, pageid, own, label)


def _box(value: object) -> _PageBox | None:
    """A box with its corners in order, whichever two opposite ones the file names; `None` when it is none."""
    try:
        x0, y0, x1, y1 = (float(resolve1(number)) for number in resolve1(value))
    except (TypeError, ValueError):
        return None
    box = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    return box if box[2] > box[0] and box[3] > box[1] else None


def _visible(source: PDFPage) -> _PageBox:
    """The part of a page that viewers show: its crop box as far as there is paper."""
    mx0, my0, mx1, my1 = source.mediabox
    cx0, cy0, cx1, cy1 = source.cropbox
    box = (max(mx0, cx0), max(my0, cy0), min(mx1, cx1), min(my1, cy1))
    return box if box[2] > box[0] and box[3] > box[1] else (mx0, my0, mx1, my1)


def _layers_off(document: PDFDocument) -> frozenset[int]:
    """The object numbers of the layers that viewers hide (ISO 32000-1, 8.11.4)."""
    properties = dict_value(document.catalog.get("OCProperties", {}))
    usual = dict_value(properties.get("D", {}))
    layers = _numbers(properties.get("OCGs"))
    off = set(layers) if _word(usual.get("BaseState")) == "OFF" else set()
    off = (off | set(_numbers(usual.get("OFF")))) - set(_numbers(usual.get("ON")))
    for layer in layers:
        usage = dict_value(_layer(document, layer).get("Usage", {}))
        state = _word(dict_value(usage.get("View", {})).get("ViewState"))
        if state:
            off = off | {layer} if state == "OFF" else off - {layer}
        # what stands on the screen only is not on the paper that was signed
        if _word(dict_value(usage.get("Print", {})).get("PrintState")) == "OFF":
            off = off | {layer}
    return frozenset(off)


def _layer(document: PDFDocument, number: int) -> Mapping[str, Any]:
    try:
        return dict_value(document.getobj(number))
    except PDFObjectNotFound:
        return {}


def _numbers(references: object) -> list[int]:
    return [one.objid for one in list_value(references or []) if isinstance(one, PDFObjRef)]


def _word(value: object) -> str:
    found = resolve1(value)
    return literal_name(found) if isinstance(found, PSLiteral) else ""


def file_problem(error: PdfError | TooMuchError, path: Path) -> Problem:
    """Why the file at `path` cannot be read, or not further."""
    if isinstance(error, TooMuchError):
        return too_much_problem(error)
    if isinstance(error.__cause__, (PDFPasswordIncorrect, PDFEncryptionError)):
        return Problem("pdf-encrypted", "文件已加密，需要密码才能打开。请提供未加密的文件。", "error")
    if isinstance(error.__cause__, RecursionError):
        return Problem("pdf-too-deep", "PDF 文件内部层层嵌套过深，未读取。请重新导出 PDF 后提交。", "error")
    with path.open("rb") as stream:
        known = b"%PDF-" in stream.read(1024)
    what = "PDF 文件已损坏，无法完整读取。" if known else "文件不是 PDF，或文件头已损坏。"
    return Problem("pdf-damaged", what, "error")


def page_problem(error: PdfError | TooMuchError, number: int) -> Problem:
    """Why page `number` cannot be read."""
    if isinstance(error, TooMuchError):
        return too_much_problem(error, number)
    if isinstance(error.__cause__, RecursionError):
        return Problem("pdf-too-deep", f"第{number}页内部层层嵌套过深，未读取。", "error", number)
    return Problem("pdf-damaged", f"第{number}页已损坏，无法读取。", "error", number)


def mended_problem() -> Problem:
    """What is said of a file whose objects had to be looked for."""
    message = "PDF 文件已损坏（缺少对象目录），已尽量恢复后读取，内容可能不全。请核对原件并重新导出。"
    return Problem("pdf-damaged", message, "warning")
