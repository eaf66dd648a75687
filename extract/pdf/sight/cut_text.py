"""Text that goes on where nobody sees it: browsers leave out what a box of fixed size has no room for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.page.tables import FilledCell, PageTables
from extract.pdf.drawing.nouns import Clip, DrawnGlyph
from extract.pdf.sight.glyph_boxes import GlyphBoxes
from models.geometry import Box, union

_ROOM_SIZES = 1.2
"""A line that leaves less than this many type sizes free on both sides of its clip is full."""
_ROOM_BELOW_SIZES = 1.0
"""Where less than this is left below a line, no other line has room."""
_FEWEST_GLYPHS = 6
"""A shorter line may be a number or a name that fills its box."""
_HIGHEST_CLIP_PT = 200.0
"""A higher clip is a page's or a table's, not a cell's."""
_ENDS = frozenset("。；！？;!?")
"""Signs with which a text that is whole ends."""

_ELLIPSIS = re.compile(r"[^….](?:…|\.{3})$")
"""How a text ends that a program cut; writers of Chinese put two."""


def incomplete_cells(tables: PageTables, cut: Sequence[Box]) -> list[FilledCell]:
    """The cells whose text may not be whole: an ellipsis or a hyphen ends it, or one of the lines in the boxes `cut`."""
    cells = [cell for cell in tables.cells if cell.text.broken or _ELLIPSIS.search(cell.text.text)]
    cells += filter(None, (tables.cell_at(*box.centre) for box in cut))
    return list({id(cell): cell for cell in cells}.values())


def cut_lines(glyphs: Sequence[DrawnGlyph], placed: GlyphBoxes, seen: Sequence[int]) -> Iterator[Box]:
    """The boxes of the last lines of clipped texts that fill their clips: more text may have been cut off.

    `seen` are the numbers of the glyphs that a person sees.
    """
    clips: dict[Clip, list[int]] = {}
    for n in seen:
        clip = glyphs[n].paint.clip
        if clip.bottom - clip.top <= _HIGHEST_CLIP_PT:
            clips.setdefault(clip, []).append(n)
    for clip, members in clips.items():
        lowest = max(placed.boxes[n, 3] for n in members)
        line = [n for n in members if placed.boxes[n, 1] < lowest - placed.sizes[n] / 2]
        line = [n for n in line if placed.boxes[n, 3] > lowest - placed.sizes[n] / 2]
        if len(line) < _FEWEST_GLYPHS or glyphs[line[-1]].text in _ENDS:
            continue
        box, size = union([Box(*placed.boxes[n].tolist()) for n in line]), float(placed.sizes[line[-1]])
        if box is None:
            continue
        full = max(box.x0 - clip.x0, clip.x1 - box.x1) < _ROOM_SIZES * size
        if full and clip.bottom - box.bottom < _ROOM_BELOW_SIZES * size:
            yield box
