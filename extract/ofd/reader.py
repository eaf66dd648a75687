"""OFD (GB/T 33190), the state's own fixed-layout format: pages into pieces, by the same way as a PDF's print."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from extract.files.kinds import Kind
from extract.files.refusals import TooLargeError, UnreadableError, damaged, too_large
from extract.ofd.annotations import annotation_places, paint_annotations
from extract.ofd.drawing import OfdPainter
from extract.ofd.limits import OverOfdLimitError, damaged_page_problem, over_limit_problem
from extract.ofd.pages import (
    OfdDocument,
    OfdPage,
    PageSource,
    document_to_pages,
    page_to_source,
    parts_to_documents,
)
from extract.ofd.parts import OfdParts
from extract.ofd.pictures import picture_pixels, pictures_to_page
from extract.ofd.placing import POINTS_A_MM
from extract.ofd.signatures import StampedSeal, document_to_seals
from extract.page.hidden_text import HiddenText
from extract.pdf.drawing.annotations import AnnotationMark
from extract.pdf.drawing.nouns import Paint
from extract.pdf.prints import drawing_to_print
from extract.pdf.reader import contents_to_document, read_page
from extract.pdf.wide_prints import MOST_PAGES, Imprint, page_to_imprint
from extract.scan.page_picture import PagePicture, PictureError
from extract.scan.pictures import bytes_to_pixels
from extract.scan.pixels.ink import Pixels
from extract.scan.seals.ring_text import Stamp
from models.document import Document, PageContent, Problem, Seal
from models.geometry import Box
from models.grid import Place

_READER = "ofd"
ReadPicture = Callable[[PagePicture, HiddenText | None], PageContent]
"""Reads a page as a picture, beneath which there may be hidden text."""
ReadStamp = Callable[[Pixels], Stamp]
"""Reads the ring of a seal that fills a colour picture."""
_SEALING = ("Stamp", "Watermark")
"""Kinds of annotations whose pictures may be seals."""


def read_ofd(
    path: Path,
    *,
    max_pages: int = 2000,
    read_picture: ReadPicture | None = None,
    read_stamp: ReadStamp | None = None,
) -> Document:
    """The pieces of the OFD file at `path` in reading order, at most `max_pages` pages of it.

    Pages that are pictures are read by `read_picture`, seals by `read_stamp`; without them they are unread. What is wrong
    with the file is a problem of the document. Raises `OSError` when the file cannot be opened, and `EngineError` when
    pictures cannot be read here.
    """
    reading = _Reading(max_pages, read_picture, read_stamp)
    problems: list[Problem] = []
    try:
        for document in parts_to_documents(OfdParts(path.read_bytes())):
            problems += reading.add(document)
    except UnreadableError as error:
        problems.append(damaged(str(error)))
    except TooLargeError as error:
        problems.append(too_large(str(error)))
    except OverOfdLimitError as error:
        problems.append(over_limit_problem(error))
    if not reading.contents and not problems:
        problems.append(damaged("没有任何页面"))
    return contents_to_document(reading.contents, reading.imprints, problems, Kind.OFD.media_type)


@dataclass(slots=True)
class _Reading:
    """How the pages of a file are read, and what was read of them so far."""

    max_pages: int
    read_picture: ReadPicture | None
    read_stamp: ReadStamp | None
    contents: list[PageContent] = field(default_factory=list)
    imprints: list[Imprint] = field(default_factory=list)
    stamps: dict[bytes, Stamp | None] = field(default_factory=dict)

    def add(self, document: OfdDocument) -> list[Problem]:
        """Reads the pages of the next document; what is to be told of it as a whole.

        Raises `UnreadableError`, `TooLargeError` and `OverOfdLimitError`.
        """
        annotations = annotation_places(document)
        try:
            signed, seals = document_to_seals(document)
        except UnreadableError:  # the pages are whole all the same
            signed, seals = 1, []
        problems = [_unverified(signed)] if signed else []
        for page in document_to_pages(document, len(self.contents)):
            if page.number > self.max_pages:
                error = OverOfdLimitError(
                    f"页数超过上限 {self.max_pages}，只读取了前 {self.max_pages} 页，其余页"
                )
                return [*problems, over_limit_problem(error)]
            stamped = [seal for seal in seals if seal.page == page.identifier]
            notes = annotations.get(page.identifier, "")
            self.contents.append(self._page(page, notes, stamped))
        return problems

    def _page(self, page: OfdPage, notes: str | None, stamped: list[StampedSeal]) -> PageContent:
        try:
            source = page_to_source(page)
            painter = OfdPainter(page.document.resources)
            painter.draw(source.layers, source.matrix, Paint())
            marks: list[AnnotationMark] = []
            if notes is None:
                painter.lost.append("annotations")
            elif notes:
                root = page.document.parts.root(notes)
                marks = list(paint_annotations(root, painter, source.matrix))
            content = self._drawn(page, source, painter, marks)
            return replace(content, seals=(*content.seals, *self._seals(page, source, painter, stamped)))
        except UnreadableError as error:
            return PageContent(problems=(damaged_page_problem(page.number, str(error)),))
        except (OverOfdLimitError, TooLargeError) as error:
            return PageContent(problems=(over_limit_problem(OverOfdLimitError(str(error)), page.number),))

    def _drawn(
        self, page: OfdPage, source: PageSource, painter: OfdPainter, marks: list[AnnotationMark]
    ) -> PageContent:
        painter.drawing.damage.streams += painter.lost
        seen = drawing_to_print(painter.drawing, marks, page.number, source.size, None)
        seen = replace(seen, page=replace(seen.page, reader=_READER))
        if page.number <= MOST_PAGES:
            self.imprints.append(page_to_imprint(seen.page))
        pictures = [one for one in painter.pictures if not one.image.paint.annotation]

        def scan(number: int, hidden: HiddenText | None) -> PageContent:
            assert self.read_picture is not None
            if not pictures:
                return PageContent(problems=(_unread(number),))
            try:
                whole = pictures_to_page(number, source.size, pictures, page.document.parts)
            except PictureError as error:
                return PageContent(problems=(error.problem,))
            return self.read_picture(whole, hidden)

        return read_page(seen, scan if self.read_picture and not seen.damaged else None)

    def _seals(
        self, page: OfdPage, source: PageSource, painter: OfdPainter, stamped: list[StampedSeal]
    ) -> list[Seal]:
        """The seals on a page: those of signatures, and pictures of annotations whose ring could be read."""
        left, top, _, _ = source.box
        found = []
        for seal in stamped:
            x, y, wide, high = seal.box
            box = Box(x - left, y - top, x - left + wide, y - top + high).scaled(POINTS_A_MM)
            stamp = self._signed_stamp(seal.picture, page.number)
            found.append(_seal(page.number, box, stamp))
        for one in painter.pictures:
            if one.image.paint.annotation in _SEALING and self.read_stamp is not None:
                stamp = self._annotated_stamp(one.part, page)
                xs, ys = [x for x, _ in one.image.corners], [y for _, y in one.image.corners]
                if stamp is not None and stamp.text:
                    found.append(_seal(page.number, Box(min(xs), min(ys), max(xs), max(ys)), stamp))
        return found

    def _signed_stamp(self, picture: bytes | None, number: int) -> Stamp | None:
        if picture is None or self.read_stamp is None:
            return None
        if picture not in self.stamps:
            try:
                self.stamps[picture] = self.read_stamp(bytes_to_pixels(picture, number))
            except PictureError:
                self.stamps[picture] = None
        return self.stamps[picture]

    def _annotated_stamp(self, part: str, page: OfdPage) -> Stamp | None:
        key = part.encode()
        if key not in self.stamps and self.read_stamp is not None:
            try:
                self.stamps[key] = self.read_stamp(picture_pixels(part, page.number, page.document.parts))
            except PictureError:
                self.stamps[key] = None
        return self.stamps.get(key)


def _seal(number: int, box: Box, stamp: Stamp | None) -> Seal:
    stamp = stamp or Stamp(box)
    return Seal(Place(number, box), stamp.text, stamp.confidence, stamp.posteriors)


def _unverified(signed: int) -> Problem:
    message = f"文件有{signed}个电子签章，签名未验证，请用签章客户端核验。"
    return Problem("signature-unverified", message, "info")


def _unread(number: int) -> Problem:
    message = f"第{number}页没有文字，也没有图片（文字可能已转成曲线），未读取。请重新导出后提交。"
    return Problem("page-unread", message, "error", number)
