"""A picture of each page with what was seen on it: characters, rules, cells, and the fields they became."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pypdfium2
from PIL import Image, ImageDraw, ImageFont

from extract.files.kinds import Kind, identify
from extract.page.lattice import rules_to_lattices
from extract.page.underlines import page_to_strokes
from extract.pdf.prints import Print, file_to_prints
from extract.pdf.reader import read_page
from models.finding import Evidence, Finding
from models.geometry import Box
from models.grid import Grid
from models.page import Page
from models.submission import Form
from shenbao.outputs import make_folder
from shenbao.pipeline import read_submission
from shenbao.readers import Settings

PIXELS_A_POINT = 2.0
"""Pixels to a point: 144 to the inch."""
_LONGEST_SIDE_PX = 4000
"""A page that would be longer than this in pixels is drawn smaller."""
_PAPER_SHARE = 0.2
"""How much white lies over the print, so that what was seen in it stands out."""
_INSET_PT = 1.5
"""Cells are drawn this many points inside their borders, where the rules are."""
_LEGEND_PX = 36
"""Height of the legend below a page."""
_LETTER_PX = 16
"""Size of the legend's letters."""

Colour = tuple[int, int, int, int]
Mark = Literal["error", "warning", "repaired", "fine"]
MARK_COLOURS: dict[Mark, Colour] = {
    "fine": (33, 113, 205, 255),
    "repaired": (22, 145, 60, 255),
    "warning": (235, 125, 0, 255),
    "error": (214, 20, 35, 255),
}
"""The colours of fields, the gravest last."""
_SEEN_COLOURS: dict[str, Colour] = {
    "character": (120, 120, 120, 80),
    "cell": (0, 150, 150, 150),
    "rule": (190, 0, 190, 200),
}


class NotDrawableError(ValueError):
    """A file that has no pages to draw; the message says why."""


@dataclass(frozen=True, slots=True)
class Field:
    """A value's place on a page, and the gravest thing there is to say of it, `code` being its finding."""

    page: int
    box: Box
    mark: Mark
    code: str = ""


def draw_pdf(path: Path, folder: Path, settings: Settings) -> Iterator[Path]:
    """Draw each page of the PDF file at `path` and give its picture's path: `a.pdf` → `folder/a.pdf.001.png`.

    A page that cannot be parsed has no picture. Raises `NotDrawableError` for any other file and for one that
    cannot be opened as a PDF, `OSError` when the file cannot be read or a picture cannot be written.
    """
    kind = identify(path)
    if kind is not Kind.PDF:
        raise NotDrawableError(f"only PDF files can be drawn, and this is {kind.media_type}")
    submission = read_submission(path, settings)
    if not submission.source.pages:
        raise NotDrawableError("; ".join(finding.message for finding in submission.findings))
    make_folder(folder)
    fields = [field for form in submission.forms for field in form_to_fields(form)]
    document = pypdfium2.PdfDocument(path)
    try:
        for number, seen in enumerate(file_to_prints(path, submission.source.pages), start=1):
            if seen is not None:
                picture = _print_to_picture(seen, document[number - 1])
                here = [field for field in fields if field.page == number]
                drawn = draw_page(picture, seen.page, print_to_cells(path, seen), here)
                yield _save(drawn, folder / f"{path.name}.{number:03}.png")
    finally:
        document.close()


def form_to_fields(form: Form) -> Iterator[Field]:
    """The fields of a form that have a box on a page; those without a finding first."""
    marks: dict[str, tuple[Mark, str]] = {repair.path: ("repaired", repair.kind) for repair in form.repairs}
    for severity in ("warning", "error"):
        found: Iterable[Finding] = (f for f in form.findings if f.severity == severity and f.path)
        for finding in found:
            marks |= {
                path: (severity, finding.code) for path in form.evidence if _concerns(finding.path, path)
            }
    order = list(MARK_COLOURS)
    placed = ((path, evidence) for path, evidence in form.evidence.items() if evidence.page and evidence.bbox)
    fields = (_field(evidence, *marks.get(path, ("fine", ""))) for path, evidence in placed)
    yield from sorted(fields, key=lambda field: order.index(field.mark))


def _concerns(found: str | None, path: str) -> bool:
    """Whether what was found at one JSON Pointer concerns the value at another: the same, above or below."""
    return found is not None and (f"{path}/".startswith(f"{found}/") or f"{found}/".startswith(f"{path}/"))


def _field(evidence: Evidence, mark: Mark, code: str) -> Field:
    assert evidence.page is not None and evidence.bbox is not None
    return Field(evidence.page, Box(*evidence.bbox), mark, code)


def print_to_cells(path: Path, seen: Print) -> list[Box]:
    """The boxes of the page's cells: where rules draw them, else where words stand in columns."""
    lattices = rules_to_lattices(page_to_strokes(seen.page).rules)
    if lattices:
        return [lattice.span_to_box(span) for lattice in lattices for span in lattice.spans]
    pieces = read_page(seen).pieces
    cells = (cell for grid in pieces if isinstance(grid, Grid) for cell in grid.cells)
    return [cell.place.box for cell in cells if cell.place.box]


def _print_to_picture(seen: Print, page: pypdfium2.PdfPage) -> Image.Image:
    """The page as a viewer shows it, upright, under a veil of white."""
    scale = min(PIXELS_A_POINT, _LONGEST_SIDE_PX / max(seen.page.width, seen.page.height))
    picture: Image.Image = page.render(scale=scale).to_pil().convert("RGBA")
    if seen.turn:
        picture = picture.rotate(-90 * seen.turn, expand=True)
    return Image.blend(picture, Image.new("RGBA", picture.size, "white"), _PAPER_SHARE)


def draw_page(picture: Image.Image, page: Page, cells: Sequence[Box], fields: Sequence[Field]) -> Image.Image:
    """`picture` of the upright `page` with everything seen drawn over it, and a legend below."""
    scale = picture.width / page.width
    layer = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(layer)
    for box in cells:
        inner = Box(box.x0 + _INSET_PT, box.top + _INSET_PT, box.x1 - _INSET_PT, box.bottom - _INSET_PT)
        if inner.width > 0 and inner.height > 0:
            pen.rectangle(_scaled(inner, scale), outline=_SEEN_COLOURS["cell"])
    for rule in page.rules:
        ends = (rule.start, rule.at), (rule.end, rule.at)
        line = [at if rule.axis == "horizontal" else at[::-1] for at in ends]
        pen.line([(x * scale, y * scale) for x, y in line], _SEEN_COLOURS["rule"])
    for char in page.chars:
        if not char.text.isspace():
            pen.rectangle(_scaled(char.box, scale), outline=_SEEN_COLOURS["character"])
    font = ImageFont.load_default(_LETTER_PX * 0.75)
    for field in fields:
        _draw_field(pen, field, scale, font)
    drawn = Image.alpha_composite(picture, layer)
    return _with_legend(drawn, Counter(field.mark for field in fields))


def _draw_field(
    pen: ImageDraw.ImageDraw, field: Field, scale: float, font: ImageFont.ImageFont | ImageFont.FreeTypeFont
) -> None:
    colour = MARK_COLOURS[field.mark]
    x0, top, x1, bottom = _scaled(field.box, scale)
    flagged = field.mark != "fine"
    pen.rectangle(
        (x0 - 2, top - 2, x1 + 2, bottom + 2),
        fill=(*colour[:3], 70 if flagged else 28),
        outline=colour,
        width=2 if flagged else 1,
    )
    if field.code:
        # beside the value a cell has room; above and below stand other values
        at = (x1 + 5, (top + bottom) / 2)
        pen.text(at, field.code, colour, font, anchor="lm", stroke_width=2, stroke_fill="white")


def _scaled(box: Box, scale: float) -> tuple[float, float, float, float]:
    return box.x0 * scale, box.top * scale, box.x1 * scale, box.bottom * scale


def _with_legend(picture: Image.Image, counts: Mapping[Mark, int]) -> Image.Image:
    drawn = Image.new("RGB", (picture.width, picture.height + _LEGEND_PX), "white")
    drawn.paste(picture.convert("RGB"))
    pen = ImageDraw.Draw(drawn)
    font = ImageFont.load_default(_LETTER_PX)
    middle = picture.height + _LEGEND_PX / 2
    x = 16.0
    labels = [(f"{mark} {counts.get(mark, 0)}", MARK_COLOURS[mark]) for mark in reversed(MARK_COLOURS)]
    for label, colour in (*labels, *_SEEN_COLOURS.items()):
        pen.rectangle((x, middle - 6, x + 12, middle + 6), outline=colour[:3], width=2)
        pen.text((x + 18, middle), label, "black", font, anchor="lm")
        x += 18 + pen.textlength(label, font) + 22
    return drawn


def _save(drawn: Image.Image, path: Path) -> Path:
    """Write the picture; nothing half-written is ever seen under the final name."""
    part = path.parent / f".shenbao-{secrets.token_hex(8)}.part"
    try:
        with part.open("xb") as file:
            drawn.save(file, "PNG", optimize=False)
        part.replace(path)
    finally:
        with suppress(FileNotFoundError):
            part.unlink()
    return path
