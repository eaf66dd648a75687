"""Picture files (PNG, JPEG, TIFF, HEIC) into pictures of pages, one at a time, no larger than reading needs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from extract.scan.page_picture import (
    LONGEST_SIDE_PX,
    MOST_WHOLE_PX,
    PagePicture,
    PictureError,
    damaged_picture,
    to_reading_size,
)
from extract.scan.pixels.ink import Pixels
from models.document import Problem

_LEAST_DPI = 90
"""A picture file that claims less does not know its resolution."""
_MOST_DPI = 1200
"""A picture file that claims more does not know its resolution."""
_UNKNOWN_DPI = 72.0
"""A picture file that does not know its resolution is taken to have a pixel a point."""
_MOST_GREY_PX = 120_000_000
"""A picture of one byte a pixel with more is not decoded."""
_MOST_COLOUR_PX = 80_000_000
"""A picture of several bytes a pixel with more is not decoded: it may stand in memory twice while its colours change."""
_MOST_JPEG_PX = 400_000_000
"""A JPEG can be decoded smaller; with more pixels than this even that takes too long."""
_MOST_PROGRESSIVE_PX = 60_000_000
"""A progressive JPEG with more is not decoded: all of its coefficients, 2 bytes each, must stand in memory at once."""
_MOST_RATIO = 25
"""A picture whose longer side is more than this many times the shorter one is no page, not even a long screenshot."""
_AMPLE_SIDE_PX = 3600
"""The longer side of a picture that is made smaller as soon as it is decoded stays at least this."""
_LEAST_SIDE_PX = 150
"""A picture with a shorter side is no page."""


def file_to_pictures(path: Path, max_pages: int) -> Iterator[PagePicture | Problem]:
    """At most `max_pages` pages of a PNG, JPEG, TIFF or HEIC file, upright as the camera held it.

    A page that cannot be decoded is a problem, and so are further pages. Raises `OSError` when the file cannot be opened.
    """
    with path.open("rb") as stream:
        try:
            with _our_own_limit():
                image = Image.open(stream)
        except Exception:  # decoders raise whatever broken bytes provoke
            yield damaged_picture(1)
            return
        number, found = 1, _Frame.THERE
        while number <= max_pages and found is not _Frame.NONE:
            with _our_own_limit():
                picture = _page(image, number, found)
                found = _look(image, number + 1)
            yield picture
            number += 1
        if found is not _Frame.NONE:
            yield Problem(
                "picture-too-long", f"图片文件超过{max_pages}页，只读取了前{max_pages}页。", "error"
            )


def bytes_to_pixels(data: bytes, number: int) -> Pixels:
    """The first picture in a file's bytes, in colour; `number` is the page that it stands on.

    Raises `PictureError` for one that cannot be decoded or has too many pixels.
    """
    with _our_own_limit():
        try:
            image = Image.open(BytesIO(data))
            if image.width * image.height > _MOST_COLOUR_PX:
                size = f"{image.width} × {image.height} 像素"
                what = f"第{number}页图片过大（{size}，上限 {_MOST_COLOUR_PX} 像素），未读取。请以 200 dpi 重新扫描。"
                raise PictureError(Problem("picture-too-large", what, "error", number))
            return _to_bgr(image)
        except (MemoryError, PictureError):
            raise
        except Exception as error:  # decoders raise whatever broken bytes provoke
            raise PictureError(damaged_picture(number)) from error


class _Frame(Enum):
    """What a picture file has at a page's number."""

    THERE = 1
    BROKEN = 2
    NONE = 3


def _page(image: Image.Image, number: int, found: _Frame) -> PagePicture | Problem:
    try:
        return _frame_to_picture(image, number) if found is _Frame.THERE else damaged_picture(number)
    except PictureError as error:
        return error.problem


def _look(image: Image.Image, number: int) -> _Frame:
    """What there is as page `number`; what else a photo may hold, such as a map of its brightness, is none."""
    if image.format == "MPO":
        return _Frame.NONE
    before = image.tell()
    try:
        image.seek(number - 1)
    except EOFError:
        return _Frame.NONE
    except Exception:  # decoders raise whatever broken bytes provoke
        # a page behind a broken one cannot be reached, and nobody knows whether there is one
        return _Frame.BROKEN if before >= number - 2 or image.tell() == number - 1 else _Frame.NONE
    return _Frame.THERE


def can_read_heic() -> bool:
    """Whether `pillow-heif` is installed, which decodes HEIC pictures; it is made ready."""
    if find_spec("pillow_heif") is None:
        return False
    import_module("pillow_heif").register_heif_opener()
    return True


@contextmanager
def _our_own_limit() -> Iterator[None]:
    """Pillow without its limit of pixels, which would refuse what can be decoded smaller; ours is checked here.

    The limit is one for the whole process: it is restored before anybody else's code runs.
    """
    limit = Image.MAX_IMAGE_PIXELS
    Image.MAX_IMAGE_PIXELS = None
    try:
        yield
    finally:
        Image.MAX_IMAGE_PIXELS = limit


def _frame_to_picture(image: Image.Image, number: int) -> PagePicture:
    try:
        image.seek(number - 1)
        dpi, side = _claimed_dpi(image), max(image.size)
        refused = _refused(image, number)
        if refused:
            raise PictureError(refused)
        # only a JPEG can be decoded smaller; others ignore this
        if image.width * image.height > _MOST_COLOUR_PX:
            image.draft("RGB", (LONGEST_SIDE_PX, LONGEST_SIDE_PX))
        pixels = _to_bgr(_reduced(image))
    except (MemoryError, PictureError):
        raise
    except Exception as error:  # decoders raise whatever broken bytes provoke
        raise PictureError(damaged_picture(number)) from error
    return to_reading_size(number, pixels, dpi / 72 * max(pixels.shape[:2]) / side)


def _refused(image: Image.Image, number: int) -> Problem | None:
    """Why the picture, of which only the head was read so far, is not decoded."""
    size, pixels = f"{image.width} × {image.height} 像素", image.width * image.height
    if max(image.size) > _MOST_RATIO * min(image.size):
        what = f"第{number}页图片过于狭长（{size}，长宽比上限 {_MOST_RATIO}），不是一页纸，无法读取。"
        return Problem("picture-too-narrow", what, "error", number)
    if min(image.size) < _LEAST_SIDE_PX:
        return Problem("picture-too-small", f"第{number}页图片太小（{size}），无法读取。", "error", number)
    most = _MOST_GREY_PX if image.mode in ("1", "L") else _MOST_COLOUR_PX
    if image.format in ("JPEG", "MPO"):
        most = _MOST_PROGRESSIVE_PX if image.info.get("progressive") else _MOST_JPEG_PX
    if pixels > most:
        what = f"第{number}页图片过大（{size}，上限 {most} 像素），未读取。请以 200 dpi 重新扫描。"
        return Problem("picture-too-large", what, "error", number)
    return None


def _reduced(image: Image.Image) -> Image.Image:
    """A large picture a whole number of times smaller, before colours and copies make it larger still in memory."""
    times = max(image.size) // _AMPLE_SIDE_PX
    if image.width * image.height <= MOST_WHOLE_PX or times < 2:
        return image
    orientation = image.getexif()
    plain = image if image.mode in ("L", "RGB") else image.convert("L" if image.mode == "1" else "RGB")
    small = plain.reduce(times)
    small.info["exif"] = orientation.tobytes()
    return small


def _claimed_dpi(image: Image.Image) -> float:
    """The picture's own resolution, or the one of a picture that does not know it."""
    across, down = image.info.get("dpi", (_UNKNOWN_DPI, _UNKNOWN_DPI))
    dpi = float(max(across, down))
    return dpi if _LEAST_DPI <= dpi <= _MOST_DPI else _UNKNOWN_DPI


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
