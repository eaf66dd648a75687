"""Texts in the style of one reader: punctuation, spaces, numbering; the letters stay."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from random import Random

from bench.forge.form import COLUMNS, Cell, Row, Style

RADICALS = str.maketrans("人目立门长力工文方日生用行见车金", "⼈⽬⽴⻔⻓⼒⼯⽂⽅⽇⽣⽤⾏⻅⻋⾦")
HALF = str.maketrans({"，": ",", "；": ";", "：": ":", "（": "(", "）": ")"})


class Pen:
    """Writes texts in one style; the letters stay, width and spaces vary."""

    def __init__(self, style: Style, rng: Random) -> None:
        self.style, self.rng = style, rng

    def text(self, text: str) -> str:
        """A text with the punctuation and the spaces of the style."""
        kind = self.style.punctuation
        if kind == "mixed":
            kind = self.rng.choice(("full", "full", "half"))
        if kind != "full":
            text = text.translate(HALF)
        if kind == "spaced":
            text = re.sub(r"([,;:])(?=\S)(?!\d)", r"\1 ", text)
        if self.style.roomy:
            text = re.sub(r"(?<=\d)(?=[年月日件人起次家户个公])|(?<=[年月])(?=\d)|(?<=产出)(?=\d)", " ", text)
        return text.translate(RADICALS) if self.style.compatible else text

    def items(self, items: Sequence[str]) -> list[str]:
        """Numbered items; a single one may go without its number."""
        if len(items) == 1 and self.rng.random() < 0.5:
            return [self.text(items[0])]
        return [self.text(self.style.mark.format(n) + item) for n, item in enumerate(items, 1)]

    def line(self, row: Row) -> str:
        """A line outside of the tables."""
        if row.part == "list-line":
            return "- " + self.text(self.style.mark.format(row.index) + row.cells[0].items[0])
        if len(row.cells) == 1 or row.cells[0].text in ("## ", "**"):
            return "".join(self.text(cell.text) for cell in row.cells)
        return re.sub(": *", ": ", "".join(self.text(cell.text) for cell in row.cells))

    def cell(self, cell: Cell, markup: bool) -> str:
        """A cell; its list in fragments, or run together."""
        if not cell.items:
            return html.escape(self.text(cell.text), quote=False) if markup else self.text(cell.text)
        items = [html.escape(item, quote=False) if markup else item for item in self.items(cell.items)]
        if self.style.listing == "p":
            return " ".join(f"<p>{item}</p>" for item in items)
        return ("<br>" if self.style.listing == "br" else " ").join(items)


def pages(rows: Sequence[Row]) -> Iterator[tuple[bool, list[Row]]]:
    """Runs of lines (False) and of table rows (True); a break ends a run."""
    run: list[Row] = []
    for row in rows:
        table = row.part in COLUMNS
        if run and (row.part == "break" or (run[0].part in COLUMNS) != table):
            yield run[0].part in COLUMNS, run
            run = []
        if row.part != "break":
            run.append(row)
    if run:
        yield run[0].part in COLUMNS, run
