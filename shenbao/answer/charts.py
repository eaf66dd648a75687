"""Bars as plain SVG: no script, no font of its own, the same bytes each time."""

from __future__ import annotations

from collections.abc import Sequence

from shenbao.answer.listing import html_text

_ROW_PX = 22
_LABEL_PX = 360
"""Width for a label: the longest sentence of a finding code has 28 characters of 12 px."""
_BAR_PX = 380
_VALUE_PX = 90
_COLOUR = "#4472A8"


def bars(title: str, rows: Sequence[tuple[str, float]], colours: Sequence[str] = ()) -> str:
    """A chart of horizontal bars with their labels and numbers; nothing without rows."""
    if not rows:
        return ""
    most = max(value for _, value in rows) or 1
    height = _ROW_PX * len(rows) + 6
    lines = []
    for number, (label, value) in enumerate(rows):
        y = 4 + _ROW_PX * number
        wide = round(_BAR_PX * value / most, 1)
        colour = colours[number] if number < len(colours) else _COLOUR
        lines.append(
            f'<text x="{_LABEL_PX - 8}" y="{y + 13}" text-anchor="end">{html_text(label)}</text>'
            f'<rect x="{_LABEL_PX}" y="{y}" width="{wide}" height="{_ROW_PX - 6}" fill="{colour}"/>'
            f'<text x="{_LABEL_PX + wide + 6}" y="{y + 13}">{value:,.12g}</text>'
        )
    width = _LABEL_PX + _BAR_PX + _VALUE_PX
    return (
        f'<h2>{html_text(title)}</h2>\n<svg role="img" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">{"".join(lines)}</svg>\n'
    )
