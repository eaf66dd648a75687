"""Pages of a PDF as pictures: the one picture that is the page, untouched, or the page as pdfium draws it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdfium2
from pypdfium2 import raw

from extract.files.claimed_pixels import MOST_DECODED_PX, pictured_pixels
from extract.scan.page_picture import (
    MOST_WHOLE_PX,
    PagePicture,
    PictureError,
    damaged_picture,
    to_reading_size,
)
from extract.scan.pixels.ink import Pixels, as_pixels
from models.document import Problem

_DRAWN_PX_A_PT = 200 / 72
"""A page without a picture is drawn with this many pixels a point."""
_THUMB_PX = 240
"""The longer side of the small rendering of a page that is compared with its picture."""
_THUMB_BLUR_PX = 9
"""Both are blurred by this before they are compared."""
_ALIKE_LEVELS = 6
"""They are alike when they differ by less than this (of 255) in the mean."""
_UNSEEN_ANNOTATIONS = frozenset((raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP, raw.FPDF_ANNOT_TEXT))
"""Kinds of annotations that leave no ink on the page."""
_JPEG_END = b"\xff\xd9"
"""The mark at a JPEG's end (ITU-T T.81, B.1.1.3)."""
_JPEG_TAIL_BYTES = 4096
"""The mark is looked for in this many bytes at the end: some programs write more after it."""


def pdf_page_to_picture(path: Path, number: int) -> PagePicture:
    """Page `number` of the PDF file at `path`, as dense as its densest picture but no denser than is useful.

    Raises `PictureError` when a picture on it is damaged, or too large to be decoded.
    """
    try:
        with closing(pypdfium2.PdfDocument(path)) as document:
            if document.get_formtype() == raw.FORMTYPE_ACRO_FORM:
                document.init_forms()
            if number > len(document):  # another reader found more pages in a damaged file
                raise PictureError(damaged_picture(number))
            return _page_to_picture(document[number - 1], number)
    except pypdfium2.PdfiumError as error:
        raise PictureError(damaged_picture(number)) from error


def _page_to_picture(page: Any, number: int) -> PagePicture:
    wide, high = page.get_size()
    if wide <= 0 or high <= 0:
        raise PictureError(damaged_picture(number))
    most = pictured_pixels(page)
    if most > MOST_DECODED_PX:
        raise PictureError(_too_large(most, number))
    images = list(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]))
    if any(map(_is_cut_short, images)):
        raise PictureError(damaged_picture(number))
    pixels = None if _is_written_on(page) else _lone_picture(page, images)
    if pixels is None:
        density = min(_page_density(images), math.sqrt(MOST_WHOLE_PX / (wide * high)))
        pixels = _rendered(page, density)
    return to_reading_size(number, pixels, pixels.shape[1] / wide)


def _too_large(pixels: int, number: int) -> Problem:
    what = (
        f"第{number}页图片过大（{pixels} 像素，上限 {MOST_DECODED_PX} 像素），未读取。请以 200 dpi 重新扫描。"
    )
    return Problem("picture-too-large", what, "error", number)


def _is_cut_short(image: Any) -> bool:
    """Whether a JPEG lacks its end: what is missing would be drawn as blank paper."""
    if image.get_filters()[-1:] != ["DCTDecode"]:
        return False
    return _JPEG_END not in bytes(image.get_data(decode_simple=True))[-_JPEG_TAIL_BYTES:]


def _lone_picture(page: Any, images: Sequence[Any]) -> Pixels | None:
    """The pixels of the one picture that is the whole page: rendering would blur them by part of a pixel."""
    if len(images) != 1 or math.prod(images[0].get_px_size()) > MOST_WHOLE_PX:
        return None
    raster = images[0].get_bitmap(render=False).to_numpy()
    grey = raster.ndim == 2 or raster.shape[2] == 1
    colour = as_pixels(cv2.cvtColor(raster, cv2.COLOR_GRAY2BGR) if grey else raster[:, :, :3])
    pixels = np.ascontiguousarray(np.rot90(colour, -page.get_rotation() // 90))
    seen = _rendered(page, _THUMB_PX / max(page.get_size()))
    small = cv2.resize(pixels, (seen.shape[1], seen.shape[0]), interpolation=cv2.INTER_AREA)
    # a mask, another colour space, or a picture that does not fill the page shows here
    unlike = cv2.absdiff(*(cv2.blur(picture, (_THUMB_BLUR_PX, _THUMB_BLUR_PX)) for picture in (small, seen)))
    return pixels if float(unlike.mean()) < _ALIKE_LEVELS else None


def _is_written_on(page: Any) -> bool:
    """Whether something is drawn over a page's picture: typed text, a white patch, an annotation, a form field."""
    kinds = [raw.FPDFAnnot_GetSubtype(annotation) for annotation in _annotations(page)]
    if any(kind not in _UNSEEN_ANNOTATIONS for kind in kinds):
        return True
    drawn = list(page.get_objects())
    last = max((n for n, one in enumerate(drawn) if one.type == raw.FPDF_PAGEOBJ_IMAGE), default=len(drawn))
    return any(_shows(one) for one in drawn[last + 1 :])


def _annotations(page: Any) -> Iterator[Any]:
    for n in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, n)
        if annotation:
            yield annotation
            raw.FPDFPage_CloseAnnot(annotation)


def _shows(drawn: Any) -> bool:
    """Whether an object leaves ink: text that somebody's recogniser put beneath or over a picture does not."""
    if drawn.type == raw.FPDF_PAGEOBJ_TEXT:
        mode = raw.FPDFTextObj_GetTextRenderMode(drawn)
        return mode not in (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
    return bool(drawn.type in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_SHADING))


def _rendered(page: Any, density: float) -> Pixels:
    raster = page.render(scale=density).to_numpy()
    return np.ascontiguousarray(as_pixels(raster[:, :, :3]))


def _page_density(images: Sequence[Any]) -> float:
    """Pixels per point of the densest picture on a PDF page; something readable when there is none."""
    densities = [0.0]
    for image in images:
        left, bottom, right, top = image.get_bounds()
        # a turned picture's long side is its box's long side too
        sides = zip(sorted(image.get_px_size()), sorted((right - left, top - bottom)), strict=True)
        densities += [pixels / side for pixels, side in sides if side > 1]
    return max(densities) or _DRAWN_PX_A_PT
