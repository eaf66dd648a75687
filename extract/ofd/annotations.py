"""What lies on an OFD page beside its own content: notes, stamps and watermarks (GB/T 33190, 15)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from extract.ofd.drawing import OfdPainter
from extract.ofd.pages import OfdDocument
from extract.ofd.parts import child, child_elements, child_text
from extract.ofd.placing import boundary, combined
from extract.office.package import Element
from extract.pdf.drawing.annotations import AnnotationMark
from extract.pdf.drawing.nouns import Drawn, DrawnGlyph, Image, Matrix, Paint

_HARMLESS = frozenset(("Link", "Highlight", "Watermark"))
"""Kinds that change nothing of what stands on the page: a watermark's words belong to no cell and are told as such."""
_NOTE = "FreeText"
"""What a note whose appearance has words is in PDF: it fills a cell or corrects one."""


def annotation_places(document: OfdDocument) -> dict[str, str | None]:
    """The part that holds the annotations of each page, by the page's identifier; `None` for a missing part.

    Raises `UnreadableError` and `TooLargeError`.
    """
    key = document.find(child_text(document.root, "Annotations"))
    if key is None:
        return {}
    folder = posixpath.dirname(key)
    return {
        page.get("PageID", ""): document.parts.find(child_text(page, "FileLoc"), folder)
        for page in child_elements(document.parts.root(key), "Page")
    }


def paint_annotations(root: Element, painter: OfdPainter, page: Matrix) -> Iterator[AnnotationMark]:
    """Draws the annotations of a page over what `painter` has drawn; those that change what is seen.

    `page` leads from millimetres of the page to points.
    """
    for one in child_elements(root, "Annot"):
        if one.get("Visible", "true").strip().lower() in ("false", "0"):
            continue
        kind = one.get("Type", "")
        appearance = child(one, "Appearance")
        if appearance is None:
            continue
        x, y, wide, high = boundary(appearance)
        begin = len(painter.drawing.items)
        paint = Paint(annotation=kind or "Path", watermark=kind == "Watermark")
        matrix = combined((1.0, 0.0, 0.0, 1.0, x, y), page)
        painter.draw(child_elements(appearance), matrix, paint)
        drawn = painter.drawing.items[begin:]
        text = "".join(item.text for item in drawn if isinstance(item, DrawnGlyph))
        if drawn and kind not in _HARMLESS and not (kind == "Stamp" and _is_picture(drawn)):
            box = _box((x, y, wide, high), page)
            yield AnnotationMark(_NOTE if text and kind != "Stamp" else kind, box, text)


def _is_picture(drawn: list[Drawn]) -> bool:
    """Whether an annotation is nothing but pictures: a seal, which is told as one."""
    return all(isinstance(item, Image) for item in drawn)


def _box(area: tuple[float, float, float, float], page: Matrix) -> tuple[float, float, float, float]:
    x, y, wide, high = area
    scale, _, _, _, left, top = page
    return (x * scale + left, y * scale + top, (x + wide) * scale + left, (y + high) * scale + top)
