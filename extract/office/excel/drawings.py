"""What lies on a sheet beside its cells: text boxes and pictures (DrawingML, ECMA-376 part 1, 20.5)."""

from __future__ import annotations

from dataclasses import dataclass

from extract.files.refusals import UnreadableError
from extract.office.excel.conditions import written_number
from extract.office.excel.sheet import SheetContent, Spot
from extract.office.package import Element, Package


@dataclass(frozen=True, slots=True)
class _TextBox:
    """The lines of a text box, and the first and the last cell that it lies on, by row and column from 1."""

    first: Spot
    last: Spot
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drawings:
    """The text boxes on a sheet from top to bottom, where filled shapes without text lie, and where pictures do."""

    boxes: tuple[_TextBox, ...] = ()
    shapes: tuple[Spot, ...] = ()
    pictures: tuple[Spot, ...] = ()


@dataclass(frozen=True, slots=True)
class BoxTexts:
    """The texts of a sheet's boxes: all as lines (a title may float anywhere), and those that lie on a cell of the table.

    `covered`: the cells on whose text a shape lies, or a picture on an amount: seals and signatures lie on names.
    """

    lines: tuple[str, ...]
    over: tuple[tuple[Spot, str], ...]
    covered: tuple[Spot, ...] = ()


def read_drawings(package: Package, sheet: str) -> Drawings:
    """The drawings of the sheet part `sheet`; Excel opens a sheet whose drawings are broken, and so do we."""
    boxes: list[_TextBox] = []
    shapes: list[Spot] = []
    pictures: list[Spot] = []
    for part in package.related(sheet, "drawing"):
        try:
            root = package.root(part)
        except UnreadableError:
            continue
        for anchor in root.iterchildren():
            lines = tuple(
                text
                for body in anchor.iterfind(".//{*}txBody")
                for paragraph in body.iterfind("{*}p")
                if (text := "".join(node.text or "" for node in paragraph.iterfind(".//{*}t")).strip())
            )
            first = _corner(anchor, "from")
            last = max(first, _corner(anchor, "to"), key=sum)
            middle = (first[0] + last[0]) // 2, (first[1] + last[1]) // 2
            boxes.append(_TextBox(first, last, lines))
            shapes += [middle] if not lines and any(map(_is_filled, anchor.iterfind(".//{*}sp"))) else []
            pictures += [middle for _ in anchor.iterfind(".//{*}pic")]
    boxes.sort(key=lambda box: (box.first, box.lines))
    return Drawings(tuple(boxes), tuple(shapes), tuple(pictures))


_FILLS = ("solidFill", "gradFill", "pattFill", "blipFill")
"""What fills a shape (ECMA-376 part 1, 20.1.8)."""


def _is_filled(shape: Element) -> bool:
    """Whether a shape hides what lies beneath it: by a fill of its own or, as shapes have when they are drawn, of its style."""
    properties = shape.find("{*}spPr")
    if properties is None or properties.find("{*}noFill") is not None:
        return False
    styled = shape.find("{*}style/{*}fillRef")
    return any(properties.find(f"{{*}}{name}") is not None for name in _FILLS) or (
        styled is not None and styled.get("idx", "0") != "0"
    )


def _corner(anchor: Element, name: str) -> Spot:
    """The cell in which a corner of the anchor lies, (0, 0) where it has none; the lower one may end where the next cell begins."""
    if anchor.find(f"{{*}}{name}") is None:
        return 0, 0
    spot = []
    for axis in ("row", "col"):
        number = _whole(anchor.findtext(f"{{*}}{name}/{{*}}{axis}"))
        ends = name == "to" and not _whole(anchor.findtext(f"{{*}}{name}/{{*}}{axis}Off"))
        spot.append(number if ends else number + 1)
    return spot[0], spot[1]


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0


def place_boxes(drawings: Drawings, content: SheetContent) -> BoxTexts:
    """What the boxes say, and on which cell of the sheet's table the middle of each lies."""
    lines: list[str] = []
    over: list[tuple[Spot, str]] = []
    for box in drawings.boxes:
        middle = ((box.first[0] + box.last[0]) // 2, (box.first[1] + box.last[1]) // 2)
        cell = _cell_at(middle, content)
        if box.lines and cell is not None:
            over.append((cell, "\n".join(box.lines)))
        lines += box.lines
    shapes = (_cell_at(spot, content) for spot in drawings.shapes)
    pictures = (_cell_at(spot, content) for spot in drawings.pictures)
    covered = [cell for cell in shapes if cell in content.seen]
    covered += [cell for cell in pictures if cell in content.seen and _is_amount(content.seen[cell][0])]
    return BoxTexts(tuple(lines), tuple(over), tuple(cell for cell in dict.fromkeys(covered) if cell))


def _is_amount(text: str) -> bool:
    return written_number(text.replace(",", "").removesuffix("%")) is not None


def _cell_at(spot: Spot, content: SheetContent) -> Spot | None:
    """The first cell of the merge at the spot, or a cell that holds something; `None` where the row is blank: a title."""
    merged = (
        first
        for first, last in content.merges.items()
        if first[0] <= spot[0] <= last[0] and first[1] <= spot[1] <= last[1]
    )
    cell = next(merged, spot)
    if cell in content.seen:
        return cell
    return cell if cell in content.merges and any(row == cell[0] for row, _ in content.seen) else None
