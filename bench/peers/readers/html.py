"""HTML tables with their spans, by lxml."""

from __future__ import annotations

from typing import Any

from lxml import html

from bench.peers.reading import Cell, Reading, Table

BLOCKS = ("p", "li", "div", "h1", "h2", "h3", "h4")


def html_to_reading(source: bytes | str) -> Reading:
    """Every table, and the text of what is outside them."""
    text = source.decode() if isinstance(source, bytes) else source
    root: Any = html.document_fromstring(text)
    found = root.xpath("//table[not(ancestor::table)]")
    tables = tuple(_table(table) for table in found)
    for table in found:
        table.drop_tree()
    leaves = [block for block in root.iter(*BLOCKS) if not any(True for _ in block.iterdescendants(*BLOCKS))]
    lines = [_text(block) for block in leaves] or [_text(root)]
    return Reading(tables, tuple(line for whole in lines for line in whole.splitlines() if line.strip()))


def _table(table: Any) -> Table:
    taken: set[tuple[int, int]] = set()
    cells = []
    for row, line in enumerate(table.xpath(".//tr")):
        column = 0
        for cell in line.xpath("./td|./th"):
            while (row, column) in taken:
                column += 1
            height, width = int(cell.get("rowspan") or 1), int(cell.get("colspan") or 1)
            taken |= {(row + r, column + c) for r in range(height) for c in range(width)}
            cells.append(Cell(row, height, column, column + width, _text(cell)))
            column += width
    return Table(tuple(cells))


def _text(element: Any) -> str:
    for tag in element.iter("br", "p", "li"):
        tag.tail = "\n" + (tag.tail or "")
    return str(element.text_content()).strip()
