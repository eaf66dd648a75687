"""What lies on a sheet beside its cells: text boxes and pictures (DrawingML, ECMA-376 part 1, 20.5)."""

from __future__ import annotations

from dataclasses import dataclass

from extract.files.refusals import UnreadableError
from extract.office.package import Package


@dataclass(frozen=True, slots=True)
class Drawings:
    """The lines of all text boxes on a sheet from top to bottom, and how many pictures lie on it."""

    lines: tuple[str, ...] = ()
    pictures: int = 0


def read_drawings(package: Package, sheet: str) -> Drawings:
    """The drawings of the sheet part `sheet`; Excel opens a sheet whose drawings are broken, and so do we."""
    boxes: list[tuple[int, int, tuple[str, ...]]] = []
    pictures = 0
    for part in package.related(sheet, "drawing"):
        try:
            root = package.root(part)
        except UnreadableError:
            continue
        for anchor in root.iterchildren():
            pictures += sum(1 for _ in anchor.iterfind(".//{*}pic"))
            row, column = (_whole(anchor.findtext(f"{{*}}from/{{*}}{name}")) for name in ("row", "col"))
            lines = tuple(
                text
                for body in anchor.iterfind(".//{*}txBody")
                for paragraph in body.iterfind("{*}p")
                if (text := "".join(node.text or "" for node in paragraph.iterfind(".//{*}t")).strip())
            )
            boxes.append((row, column, lines))
    return Drawings(tuple(line for *_, lines in sorted(boxes) for line in lines), pictures)


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0
