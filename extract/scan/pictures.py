"""Pages as pictures: from picture files and from pages of a PDF, one at a time, no larger than reading needs."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdfium2
from PIL import Image, ImageOps
from pypdfium2 import raw

from extract.scan.pixels.ink import Pixels, as_pixels
from models.document import Problem

DENSITY, NEAR = 200 / 72, 1.25
"""Pixels per point that the recogniser reads best; a picture with up to `NEAR` times as many stays as it is."""
LEAST_SHEET, MOST_SHEET = 500.0, 1224.0
"""Points of the longer side of real sheets, A5 to A3; another claim is taken for an A4 sheet's."""
LONGEST_SIDE = 2900
"""Pixels of the longer side at most of what is no real sheet: the paper fills most of a photo."""
LEAST_DPI, MOST_DPI = 90, 1200
"""A picture file that claims another resolution does not know it."""
MOST_PIXELS = 120_000_000
"""A picture with more is not decoded, except a JPEG, which can be decoded smaller."""
THUMB, BLUR, ALIKE = 240, 9, 6
"""Pixels of a small rendering of a page, blurred, and its mean difference (of 255 levels) from its picture made small."""
SPACIOUS, AMPLE = 40_000_000, 3600
"""A picture with more pixels is made smaller as soon as it is decoded, its longer side not below `AMPLE`."""
LEAST_SIDE = 150
"""A picture with a shorter side (pixels) is no page."""

JPEG_END, JPEG_TAIL = b"\xff\xd9", 4096
"""The mark at a JPEG's end (ITU-T T.81, B.1.1.3), and in how many bytes it is looked for: some write more after it."""

# we refuse by our own limit, before decoding; Pillow's would refuse also what can be decoded smaller
Image.MAX_IMAGE_PIXELS = None


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """Page `number` (from 1) of a file, as it lies there, `density` pixels per point."""

    number: int
    pixels: Pixels
    density: float


class PictureError(Exception):
    """A picture that cannot be read; the problem says which and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def pdf_page_to_picture(path: Path, number: int) -> Picture:
    """Page `number` of the PDF file at `path`, as dense as its densest picture but no denser than is useful.

    Raises `PictureError` when a picture on it is damaged.
    """
    document = pypdfium2.PdfDocument(path)
    try:
        page = document[number - 1]
        wide, high = page.get_size()
        images = list(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]))
        if any(map(_is_cut_short, images)):
            raise PictureError(_damaged(number))
        pixels = _lone_picture(page, images)
        if pixels is None:
            density = min(_page_density(images), math.sqrt(SPACIOUS / (wide * high)))
            pixels = _rendered(page, density)
        return _shrunk(number, pixels, pixels.shape[1] / wide)
    except pypdfium2.PdfiumError as error:
        raise PictureError(_damaged(number)) from error
    finally:
        document.close()


def _is_cut_short(image: Any) -> bool:
    """Whether a JPEG lacks its end: what is missing would be drawn as blank paper."""
    if image.get_filters()[-1:] != ["DCTDecode"]:
        return False
    return JPEG_END not in bytes(image.get_data(decode_simple=True))[-JPEG_TAIL:]


def _lone_picture(page: Any, images: Sequence[Any]) -> Pixels | None:
    """The pixels of the one picture that is the whole page: rendering would blur them by part of a pixel."""
    if len(images) != 1 or math.prod(images[0].get_px_size()) > SPACIOUS:
        return None
    raster = images[0].get_bitmap(render=False).to_numpy()
    grey = raster.ndim == 2 or raster.shape[2] == 1
    colour = as_pixels(cv2.cvtColor(raster, cv2.COLOR_GRAY2BGR) if grey else raster[:, :, :3])
    pixels = np.ascontiguousarray(np.rot90(colour, -page.get_rotation() // 90))
    seen = _rendered(page, THUMB / max(page.get_size()))
    small = cv2.resize(pixels, (seen.shape[1], seen.shape[0]), interpolation=cv2.INTER_AREA)
    # a mask, another colour space, or a picture that does not fill the page shows here
    unlike = cv2.absdiff(*(cv2.blur(picture, (BLUR, BLUR)) for picture in (small, seen)))
    return pixels if float(unlike.mean()) < ALIKE else None


def _rendered(page: Any, density: float) -> Pixels:
    raster = page.render(scale=density, may_draw_forms=False).to_numpy()
    return np.ascontiguousarray(as_pixels(raster[:, :, :3]))


def _page_density(images: Sequence[Any]) -> float:
    """Pixels per point of the densest picture on a PDF page; something readable when there is none."""
    densities = [0.0]
    for image in images:
        left, bottom, right, top = image.get_bounds()
        # a turned picture's long side is its box's long side too
        sides = zip(sorted(image.get_px_size()), sorted((right - left, top - bottom)), strict=True)
        densities += [pixels / side for pixels, side in sides if side > 1]
    return max(densities) or DENSITY


def file_to_pictures(path: Path, max_pages: int) -> Iterator[Picture]:
    """At most `max_pages` pages of a PNG, JPEG, TIFF or HEIC file, upright as the camera held it.

    Raises `PictureError` for what cannot be decoded, `OSError` when the file cannot be opened.
    """
    with path.open("rb") as stream:
        try:
            image = Image.open(stream)
            frames = int(getattr(image, "n_frames", 1))
        except Exception as error:  # decoders raise whatever broken bytes provoke
            raise PictureError(_damaged(1)) from error
        for number in range(1, min(frames, max_pages) + 1):
            yield _frame_to_picture(image, number)


def can_read_heic() -> bool:
    """Whether `pillow-heif` is installed, which decodes HEIC pictures; it is made ready."""
    if find_spec("pillow_heif") is None:
        return False
    import_module("pillow_heif").register_heif_opener()
    return True


def _frame_to_picture(image: Image.Image, number: int) -> Picture:
    try:
        image.seek(number - 1)
        dpi, side = _claimed_dpi(image), max(image.size)
        if image.width * image.height > MOST_PIXELS:
            # only a JPEG can be decoded smaller; others ignore this
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        if image.width * image.height > MOST_PIXELS or min(image.size) < LEAST_SIDE:
            raise PictureError(_wrong_size(image, number))
        pixels = _to_bgr(_reduced(image))
    except PictureError:
        raise
    except Exception as error:  # decoders raise whatever broken bytes provoke
        raise PictureError(_damaged(number)) from error
    return _shrunk(number, pixels, dpi / 72 * max(pixels.shape[:2]) / side)


def _reduced(image: Image.Image) -> Image.Image:
    """A large picture a whole number of times smaller, before colours and copies make it larger still in memory."""
    times = max(image.size) // AMPLE
    if image.width * image.height <= SPACIOUS or times < 2:
        return image
    orientation = image.getexif()
    plain = image if image.mode in ("L", "RGB") else image.convert("L" if image.mode == "1" else "RGB")
    small = plain.reduce(times)
    small.info["exif"] = orientation.tobytes()
    return small


def _claimed_dpi(image: Image.Image) -> float:
    """The picture's own resolution; 72, a pixel a point, when it does not know it."""
    across, down = image.info.get("dpi", (72, 72))
    dpi = float(max(across, down))
    return dpi if LEAST_DPI <= dpi <= MOST_DPI else 72.0


def _to_bgr(image: Image.Image) -> Pixels:
    """Any kind of pixels as blue, green, red; what is transparent is paper; upright as the camera held it."""
    if image.mode.startswith("I;16"):
        image = Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    upright = ImageOps.exif_transpose(image)
    if upright.has_transparency_data:
        coloured = upright.convert("RGBA")
        paper = Image.new("RGBA", coloured.size, "white")
        upright = Image.alpha_composite(paper, coloured)
    return np.ascontiguousarray(np.asarray(upright.convert("RGB"))[:, :, ::-1])


def _shrunk(number: int, pixels: Pixels, density: float) -> Picture:
    """The picture, made smaller when it is denser than reading needs."""
    side = max(pixels.shape[:2])
    if LEAST_SHEET <= side / density <= MOST_SHEET:
        wanted = DENSITY / density
    else:
        wanted = LONGEST_SIDE / side
    if wanted * NEAR >= 1:
        return Picture(number, pixels, density)
    small = cv2.resize(pixels, None, fx=wanted, fy=wanted, interpolation=cv2.INTER_AREA)
    return Picture(number, as_pixels(small), density * small.shape[1] / pixels.shape[1])


def _damaged(number: int) -> Problem:
    message = f"第{number}页图片已损坏或不完整，无法读取。请重新扫描或导出后提交。"
    return Problem("picture-damaged", message, "error", number)


def _wrong_size(image: Image.Image, number: int) -> Problem:
    size = f"{image.width} × {image.height} 像素"
    if min(image.size) < LEAST_SIDE:
        return Problem("picture-too-small", f"第{number}页图片太小（{size}），无法读取。", "error", number)
    message = f"第{number}页图片过大（{size}），未读取。请以 200 dpi 重新扫描。"
    return Problem("picture-too-large", message, "error", number)
