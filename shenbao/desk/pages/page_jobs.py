"""What a bounded process does for the desk: a page of an original as a picture, its tables as grids.

What reading takes is loaded in that process: the one that answers the browser starts without it.
"""

# ruff: noqa: PLC0415

from __future__ import annotations

import math
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shenbao.desk.pages.originals import Original
from shenbao.outputs import replaced

if TYPE_CHECKING:
    from PIL import Image

PAGE_PRELOAD = ("shenbao.desk.pages.page_jobs", "extract.scan.pdf_pictures", "extract.scan.pictures")
"""What drawing a page takes, loaded once."""
PX_A_POINT = 200 / 72
"""How dense pages are drawn: as the recogniser reads them. The desk's script has the same number."""
_QUALITY = 80
"""Of a page's JPEG, of 100: at 80 a grey scan of A4 has some 400 KB and thin strokes stay."""
_RED_LEAD = 40
"""A pixel whose red is by this much (of 255) above its green and blue is a seal's or a mark's, not print."""


@dataclass(frozen=True, slots=True)
class PageTask:
    """A page to draw (`number` from 1), or all tables (`number` 0), written to `target`.

    `is_print`: it was read from its text, whose places are those of the page turned upright.
    """

    original: Original
    number: int
    target: Path
    is_print: bool = False


def make_page(task: PageTask) -> str:
    """Draw the page, or write the tables; gives what went wrong, in Chinese, or an empty text."""
    from extract.scan.page_picture import PictureError
    from shenbao.unpacking.containers import ArchiveError

    try:
        with _file(task.original) as path:
            return _write_grids(path, task.target) if not task.number else _draw(path, task)
    except PictureError as error:
        return error.problem.message
    except (OSError, ArchiveError) as error:
        return f"原件读不出来：{error}"
    except (MemoryError, RecursionError):
        raise
    except Exception as error:  # a defect of ours
        at = traceback.extract_tb(error.__traceback__)[-1]
        return f"画此页时程序出错（{type(error).__name__}，{Path(at.filename).name}:{at.lineno}），请报告"


@contextmanager
def _file(original: Original) -> Iterator[Path]:
    """The original as a file: one in an archive is unpacked for as long as the block runs."""
    if not original.member:
        yield original.path
        return
    from extract.files.limits import Limits
    from shenbao.ingest.inbox.archive import member_as_file
    from shenbao.unpacking.containers import ArchiveError
    from shenbao.unpacking.members import archive_to_members

    members = archive_to_members(original.path, Limits())
    way = next((member.way for member in members if member.name == original.member), None)
    if way is None:
        raise ArchiveError(f"{original.path.name} 中没有 {original.member}")
    with member_as_file(original.path, way) as path:
        yield path


def _draw(path: Path, task: PageTask) -> str:
    from extract.files.kinds import Kind, identify
    from extract.scan.pdf_pictures import pdf_page_to_picture
    from extract.scan.pictures import file_to_pictures

    if identify(path) is Kind.PDF:
        picture: Any = pdf_page_to_picture(path, task.number)
    else:
        picture = next(
            (one for n, one in enumerate(file_to_pictures(path, task.number), 1) if n == task.number), None
        )
    if not hasattr(picture, "pixels"):
        return "此页画不出来"
    page = _to_image(picture.pixels, picture.density)
    if task.is_print:
        page = page.rotate(-90 * _text_turn(path, task.number), expand=True)
    task.target.parent.mkdir(parents=True, exist_ok=True)
    with replaced(task.target) as part:
        page.save(part, "JPEG", quality=_QUALITY)
    return ""


def _text_turn(path: Path, number: int) -> int:
    """By how many quarters clockwise a PDF's page is turned for most of its characters to stand upright."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        page = document[number - 1]
        text = page.get_textpage()
        angles = (pypdfium2.raw.FPDFText_GetCharAngle(text, n) for n in range(text.count_chars()))
        quarters = Counter(round(angle / (math.pi / 2)) % 4 for angle in angles if angle >= 0)
        drawn = quarters.most_common(1)[0][0] if quarters else 0
        return int(-drawn - page.get_rotation() // 90) % 4
    except pypdfium2.PdfiumError:
        return 0
    finally:
        document.close()


def _to_image(pixels: Any, density: float) -> Image.Image:
    from PIL import Image

    page = Image.fromarray(pixels[:, :, ::-1])
    wide, high = (max(1, round(side * PX_A_POINT / density)) for side in page.size)
    return page if (wide, high) == page.size else page.resize((wide, high), Image.Resampling.LANCZOS)


def _write_grids(path: Path, target: Path) -> str:
    from shenbao.pipeline import open_document
    from shenbao.readers import Settings
    from shenbao.show.cells import document_to_json

    document = open_document(path, Settings())
    target.parent.mkdir(parents=True, exist_ok=True)
    with replaced(target) as part:
        part.write_text(document_to_json(document), "utf-8")
    return ""


def without_red(page: Image.Image) -> Image.Image:
    """The page in grey without what is red: seals, and marks of a red pen."""
    import numpy as np
    from PIL import Image

    red, green, blue = (np.asarray(band, np.int16) for band in page.convert("RGB").split())
    paint = (red - np.maximum(green, blue)) > _RED_LEAD
    grey = np.minimum(np.minimum(red, green), blue)
    return Image.fromarray(np.where(paint, np.maximum(red, 235), grey).astype(np.uint8))
