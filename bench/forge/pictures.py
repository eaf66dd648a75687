"""Page pictures from and to files. A picture is uint8, height × width × 3, blue-green-red."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
from PIL import Image

from bench.forge.paper import Picture

POINTS_PER_INCH = 72
PAGE_OBJECTS = 3


def render(path: Path, dpi: int) -> list[Picture]:
    """The pages of a PDF as a printer at that resolution would have put them on paper."""
    with pypdfium2.PdfDocument(path) as document:
        return [
            np.ascontiguousarray(page.render(scale=dpi / POINTS_PER_INCH).to_numpy()[..., :3])
            for page in document
        ]


def is_one_bit(picture: Picture) -> bool:
    """Whether nothing but black and white occurs."""
    return bool(np.isin(picture, (0, 255)).all())


def to_jpeg(picture: Picture, quality: int) -> bytes:
    _, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return bytes(data)


def to_pillow(picture: Picture) -> Image.Image:
    """One bit a pixel where nothing but black and white occurs, else colour."""
    if is_one_bit(picture):
        return Image.fromarray(picture[..., 0]).convert("1", dither=Image.Dither.NONE)
    return Image.fromarray(np.ascontiguousarray(picture[..., ::-1]))


def stream(entries: str, data: bytes) -> bytes:
    return f"<<{entries}/Length {len(data)}>>\nstream\n".encode() + data + b"\nendstream"


def picture_object(picture: Picture, quality: int) -> bytes:
    """The PDF image of a page: JPEG, or packed bits as a fax server writes them."""
    height, width = picture.shape[:2]
    entries = f"/Type/XObject/Subtype/Image/Width {width}/Height {height}"
    if is_one_bit(picture):
        bits = zlib.compress(np.packbits(picture[..., 0] > 0, axis=1).tobytes(), 9)
        return stream(f"{entries}/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/FlateDecode", bits)
    data = to_jpeg(picture, quality)
    return stream(f"{entries}/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode", data)


def page_objects(picture: Picture, first: int, dpi: int, quality: int) -> list[bytes]:
    """Page, content and picture, numbered from `first`; the page measures what the pixels do at that resolution."""
    # a thousandth less, because renderers round a page up to the next pixel
    height, width = (side * POINTS_PER_INCH / dpi - 0.001 for side in picture.shape[:2])
    page = (
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width:.3f} {height:.3f}]/Contents {first + 1} 0 R"
        f"/Resources<</XObject<</P {first + 2} 0 R>>>>>>"
    )
    shown = f"q {width:.3f} 0 0 {height:.3f} 0 0 cm /P Do Q".encode()
    return [page.encode(), stream("", shown), picture_object(picture, quality)]


def save_pdf(pages: Sequence[Picture], path: Path, dpi: int, quality: int) -> None:
    """A PDF of pictures only, the same bytes every time: one JPEG a page, or lossless bits if the page has only
    black and white (`quality` then does not matter)."""
    numbers = [PAGE_OBJECTS * i + 3 for i in range(len(pages))]
    kids = " ".join(f"{number} 0 R" for number in numbers)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
    ]
    for picture, number in zip(pages, numbers, strict=True):
        objects += page_objects(picture, number, dpi, quality)
    written, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(written))
        written += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<</Size {size}/Root 1 0 R>>\n"
    Path(path).write_bytes(bytes(written) + f"{end}startxref\n{len(written)}\n%%EOF\n".encode())


def save_tiff(pages: Sequence[Picture], path: Path, dpi: int) -> None:
    """Many pages in one TIFF: fax group 4 if all are only black and white, else LZW."""
    first, *others = [to_pillow(picture) for picture in pages]
    one_bit = all(image.mode == "1" for image in (first, *others))
    packing = "group4" if one_bit else "tiff_lzw"
    images = [image if one_bit else image.convert("RGB") for image in (first, *others)]
    images[0].save(path, "TIFF", save_all=True, append_images=images[1:], compression=packing, dpi=(dpi, dpi))


def save_png(picture: Picture, path: Path, dpi: int) -> None:
    to_pillow(picture).save(path, "PNG", dpi=(dpi, dpi))


def save_jpeg(picture: Picture, path: Path, dpi: int, quality: int) -> None:
    to_pillow(picture).convert("RGB").save(path, "JPEG", quality=quality, dpi=(dpi, dpi))
