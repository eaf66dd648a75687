"""Pictures of the cells that a memo is about, cut from the pages as they were handed in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any

import cv2
import pypdfium2
from PIL import Image

from extract.files.kinds import Kind, identify
from extract.scan.pictures import file_to_pictures
from models.document import Problem
from models.submission import Form
from shenbao.answer.points import MemoPoint

_PX_A_PT = 2.0
"""Pixels to a point: 144 to the inch is sharp in print."""
_POINTS_AN_INCH = 72
_AROUND_PT = 4.0
"""How much is shown around a cell, so that its rules are seen. Chosen."""
_WIDEST_PT = 560.0
_HIGHEST_PT = 160.0
"""A place that is larger than a few lines is no cell, and its picture would fill the memo."""
_PAGES = 200
"""Pages of a file of pictures that are looked through."""
_SAME_SHARE = 0.5
"""Characters of a place that its box must have; a ligature or a folded sign may differ. Chosen."""
_PICTURES = (Kind.PNG, Kind.JPEG, Kind.TIFF, Kind.HEIC)

ClipBox = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class ClipPlace:
    """A place to be shown: the point's path, the page from 1, and the box in points from its top left corner.

    `text` is what the page's text layer has there, `""` where the place was read by eye.
    """

    path: str
    page: int
    box: ClipBox
    text: str = ""


@dataclass(frozen=True, slots=True)
class ClipTask:
    """A file and the places of it that are to be shown."""

    file: Path
    places: tuple[ClipPlace, ...]


def points_to_places(form: Form, points: Sequence[MemoPoint]) -> tuple[ClipPlace, ...]:
    """The places of the points that stand on a page; a whole list or form has none."""
    found: dict[str, ClipPlace] = {}
    for point in points:
        seen = form.evidence.get(point.path or "") or form.evidence.get(f"{point.path}/text")
        if point.path and seen and seen.page and seen.bbox:
            x0, top, x1, bottom = seen.bbox
            if x1 - x0 <= _WIDEST_PT and bottom - top <= _HIGHEST_PT:
                text = seen.text if seen.reader in ("text-layer", "camelot") else ""
                found[point.path] = ClipPlace(point.path, seen.page, seen.bbox, text)
    return tuple(sorted(found.values(), key=lambda place: place.page))


def clip_places(task: ClipTask) -> dict[str, bytes]:
    """PNG pictures by path. A file that cannot be shown any more, or has no pages, has none: the memo names the place."""
    try:
        kind = identify(task.file)
    except OSError:
        return {}
    if kind is Kind.PDF:
        return dict(_from_pdf(task))
    return dict(_from_pictures(task)) if kind in _PICTURES else {}


def _from_pdf(task: ClipTask) -> Iterator[tuple[str, bytes]]:
    try:
        document = pypdfium2.PdfDocument(task.file)
    except (pypdfium2.PdfiumError, OSError):
        return
    try:
        for number, places in groupby(task.places, key=lambda place: place.page):
            if number > len(document):
                return
            try:
                page = document[number - 1]
                right = [place for place in places if _stands_there(page, place)]
                whole = page.render(scale=_PX_A_PT).to_pil().convert("RGB") if right else None
            except pypdfium2.PdfiumError:
                continue
            if whole is not None:
                yield from _cut(whole, right, whole.width / page.get_width())
    finally:
        document.close()


def _stands_there(page: Any, place: ClipPlace) -> bool:
    """Whether the text layer has the place's characters in its box: on a page whose text stands sideways it has not."""
    wanted = set("".join(place.text.split()))
    if not wanted:
        return True
    x0, top, x1, bottom = place.box
    height = page.get_height()
    seen = page.get_textpage().get_text_bounded(x0 - 1, height - bottom - 1, x1 + 1, height - top + 1)
    return len(wanted & set(seen)) >= _SAME_SHARE * len(wanted)


def _from_pictures(task: ClipTask) -> Iterator[tuple[str, bytes]]:
    wanted = {number: tuple(places) for number, places in groupby(task.places, key=lambda place: place.page)}
    for picture in file_to_pictures(task.file, min(max(wanted, default=0), _PAGES)):
        if not isinstance(picture, Problem) and picture.number in wanted:
            whole = Image.fromarray(cv2.cvtColor(picture.pixels, cv2.COLOR_BGR2RGB))
            yield from _cut(whole, wanted[picture.number], picture.density)


def _cut(
    whole: Image.Image, places: Sequence[ClipPlace] | Iterator[ClipPlace], density: float
) -> Iterator[tuple[str, bytes]]:
    """The places as pictures of their own; a box that leaves the page is that of a page that was turned."""
    for place in places:
        x0, top, x1, bottom = place.box
        if x1 * density > whole.width + 1 or bottom * density > whole.height + 1:
            continue
        edges = (x0 - _AROUND_PT, top - _AROUND_PT, x1 + _AROUND_PT, bottom + _AROUND_PT)
        left, upper, right, lower = (round(edge * density) for edge in edges)
        cut = whole.crop((max(left, 0), max(upper, 0), min(right, whole.width), min(lower, whole.height)))
        file = BytesIO()
        cut.save(file, "PNG", dpi=(density * _POINTS_AN_INCH,) * 2)
        yield place.path, file.getvalue()
