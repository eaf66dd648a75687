"""Words that lie over a page's own text and belong to no cell: watermarks, stamps, and what nobody can read for its size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from functools import lru_cache
from itertools import pairwise

import numpy as np

from extract.pdf.drawing.nouns import DrawnGlyph, Rgb
from extract.pdf.sight.glyph_boxes import GlyphBoxes

_SLANTED_DEGREES = 2.0
"""Text further off the page's own directions is a watermark or a stamp."""
_STAMP = "Stamp"
"""The kind of annotation whose text belongs to no cell."""
_LARGE_TIMES = 1.8
"""Type this many times as large as the page's usual type may be a watermark's."""
_TINY_SHARE = 0.2
"""Nobody reads type smaller than this share of the page's usual type."""
_PALE = 0.5
"""A colour whose darkest channel is lighter than this may be a watermark's."""
_COLOURFUL = 0.4
"""A colour whose channels differ by more than this may be a stamp's."""
_VEIL_ALPHA = 0.6
"""What is less opaque than this may be a watermark."""
_LYING_SHARE = 0.3
"""A word lies over others when this share of its characters does."""
_TOUCHED_SHARE = 0.2
"""A character lies over another one when it covers this share of the smaller one's box."""
_SAME_LINE_SIZES = 0.3
"""Characters of one word stand at one height within this share of the type size."""
_GAP_SIZES = 1.0
"""Characters of one word are no further apart than this many type sizes."""


def tiny_glyphs(placed: GlyphBoxes, seen: Sequence[int]) -> set[int]:
    """The glyphs that are drawn too small to be read."""
    numbers = np.array(seen, int)
    tiny = numbers[placed.sizes[numbers] < _TINY_SHARE * _usual_size(placed, seen)]
    return {int(n) for n in tiny}


def overlaid_glyphs(glyphs: Sequence[DrawnGlyph], placed: GlyphBoxes, seen: Sequence[int]) -> set[int]:
    """The glyphs of watermarks and stamps, of those that are `seen`.

    A word is one when it stands askew or says that it is one, or when it is large, pale or coloured and lies over other
    words; and so is every other word that looks and reads the same.
    """
    slanted = (np.abs(placed.off_axis) > _SLANTED_DEGREES).tolist()
    found = {
        n for n in seen if slanted[n] or (paint := glyphs[n].paint).watermark or paint.annotation == _STAMP
    }
    upright = [n for n in seen if n not in found and glyphs[n].text != " "]
    usual = _usual_size(placed, upright)
    large = (placed.sizes >= _LARGE_TIMES * usual).tolist()
    doubtful = [n for n in upright if _may_lie_over(glyphs[n], large[n])]
    if not doubtful:
        return found | _blanks_of(found, glyphs, seen)
    lying = _lying_over(doubtful, upright, glyphs, placed)
    words = list(_words(doubtful, glyphs, placed))
    over = {
        _look(word, glyphs) for word in words if sum(n in lying for n in word) >= _LYING_SHARE * len(word)
    }
    found |= {n for word in words if _look(word, glyphs) in over for n in word}
    return found | _blanks_of(found, glyphs, seen)


def _blanks_of(found: Set[int], glyphs: Sequence[DrawnGlyph], seen: Sequence[int]) -> set[int]:
    """The blanks between words that are all `found`: as large as these, they would join lines of the page."""
    runs = {glyphs[n].run for n in found}
    blanks = [n for n in seen if glyphs[n].text == " " and glyphs[n].run in runs] if runs else []
    others = {glyphs[n].run for n in seen if n not in found and glyphs[n].text != " "} if blanks else set()
    return {n for n in blanks if glyphs[n].run not in others}


def _usual_size(placed: GlyphBoxes, seen: Sequence[int]) -> float:
    return float(np.median(placed.sizes[list(seen)])) if seen else 0.0


def _may_lie_over(glyph: DrawnGlyph, large: bool) -> bool:
    paint = glyph.paint
    return not paint.annotation and (large or paint.alpha < _VEIL_ALPHA or _is_showy(glyph.colour))


@lru_cache(maxsize=256)
def _is_showy(colour: Rgb | None) -> bool:
    return colour is not None and (min(colour) > _PALE or max(colour) - min(colour) > _COLOURFUL)


def _lying_over(
    doubtful: Sequence[int], upright: Sequence[int], glyphs: Sequence[DrawnGlyph], placed: GlyphBoxes
) -> set[int]:
    """The doubtful glyphs whose boxes cover those of glyphs that are not doubtful."""
    sure = [n for n in upright if n not in set(doubtful)]
    boxes = placed.boxes[sure]
    areas = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    found = set()
    for n in doubtful:
        x0, top, x1, bottom = placed.boxes[n]
        wide = np.minimum(boxes[:, 2], x1) - np.maximum(boxes[:, 0], x0)
        high = np.minimum(boxes[:, 3], bottom) - np.maximum(boxes[:, 1], top)
        smaller = np.minimum(areas, (x1 - x0) * (bottom - top))
        if (wide.clip(0) * high.clip(0) > _TOUCHED_SHARE * smaller).any():
            found.add(n)
    return found


def _words(doubtful: Sequence[int], glyphs: Sequence[DrawnGlyph], placed: GlyphBoxes) -> Iterator[list[int]]:
    """Doubtful glyphs that were drawn one after the other on one line, in one colour."""
    word = [doubtful[0]]
    for last, n in pairwise(doubtful):
        size = float(placed.sizes[n])
        level = abs(placed.boxes[n, 3] - placed.boxes[last, 3]) <= _SAME_LINE_SIZES * size
        near = -size <= placed.boxes[n, 0] - placed.boxes[last, 2] <= _GAP_SIZES * size
        if not (level and near and glyphs[n].colour == glyphs[last].colour):
            yield word
            word = []
        word.append(n)
    yield word


def _look(word: Sequence[int], glyphs: Sequence[DrawnGlyph]) -> tuple[str, Rgb | None]:
    """What a word says, and in which colour."""
    return "".join(glyphs[n].text for n in word), glyphs[word[0]].colour
