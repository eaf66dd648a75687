"""Where two neighbouring cells may have been glued into one: places at which one side is known by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from rapidfuzz.distance import Hamming

from normalize.form.catalogue import NUMBER_MARK
from normalize.table.model import TableModel
from normalize.table.table_prices import PRICES
from normalize.text.fold import fold, is_chinese

_EDGES = re.compile(
    r"(?<=[%‰])(?=\S)|(?<=[\u3400-\u9fff])(?=[≥≤<>=-]?\d)|(?<=\D)(?=[≥≤])|(?<=\d)(?=[\u3400-\u9fff])|(?<=无)(?=无)"
)
_MAX_OPTIONS = 12
"""A text is cut in at most this many ways; more hardly ever help, and time grows with them."""


@dataclass(frozen=True, slots=True)
class Cut:
    """One way to divide a text over two cells, and its price in nats."""

    left: str
    right: str
    price: float


_DIVISIBLE = 4
"""A known text with at least this many characters is told by one half of it."""
_FIGURE_ENDS, _FIGURE_STARTS = frozenset("0123456789%‰"), frozenset("0123456789≥≤<>=-")


class Gluer:
    """Finds the places where a text of one table model may fall apart into two cells."""

    def __init__(self, model: TableModel) -> None:
        self._model = model
        self.options = lru_cache(maxsize=4096)(self._options)

    @cached_property
    def _known(self) -> tuple[str, ...]:
        """Everything that the model expects to find alone in a cell, longest first."""
        entries = [state.entry for state in self._model.states]
        texts = [e.level1 for e in entries] + [e.level2 for e in entries] + [e.level3 or "" for e in entries]
        texts += [e.standard or "" for e in entries] + [a for e in entries for a in e.aliases]
        for variant in self._model.variants:
            texts += [word for column in variant.columns for word in column.words] + list(variant.labels)
        return tuple(
            sorted(
                {fold(t.replace(NUMBER_MARK, "")) for t in texts if len(t) > 1}, key=lambda t: (-len(t), t)
            )
        )

    @cached_property
    def _tails(self) -> frozenset[str]:
        return frozenset(w for v in self._model.variants for c in v.columns for w in c.words)

    @cached_property
    def _alone(self) -> frozenset[str]:
        return frozenset(self._known)

    def _options(self, text: str, raw: str) -> tuple[Cut, ...]:
        """Cuts with `left + right == text`, each with its price; none for a text that is known as it stands."""
        if not text[1:] or text in self._alone:
            return ()
        gaps = self._spaces(raw, text)
        cuts = {match.start() for match in _EDGES.finditer(text)} | gaps
        if any(map(is_chinese, text)):
            cuts |= self._known_cuts(text)
        if len(text) % 2 == 0 and text[: len(text) // 2] == text[len(text) // 2 :]:
            cuts.add(len(text) // 2)
        inside = sorted(cut for cut in cuts if 0 < cut < len(text))[:_MAX_OPTIONS]
        return tuple(self._cut(text, cut, cut in gaps) for cut in inside)

    def _cut(self, text: str, at: int, gap: bool) -> Cut:
        left, right = text[:at].rstrip("，、 "), text[at:].lstrip(" ")
        if gap and left[-1:] in _FIGURE_ENDS and right[:1] in _FIGURE_STARTS:
            return Cut(left, right, PRICES.glued_figures)
        if left == right and any(map(is_chinese, left)):
            return Cut(left, right, PRICES.glued_twice)
        price = PRICES.glued_at_gap if gap else PRICES.glued
        return Cut(left, right, min(price, PRICES.known_tail) if right in self._tails else price)

    def _spaces(self, raw: str, text: str) -> set[int]:
        """Gaps in the raw text, as places in the folded one."""
        cuts = set()
        for gap in re.finditer(r"\s+", raw.strip()):
            left = fold(raw.strip()[: gap.start()])
            if text.startswith(left):
                cuts.add(len(left))
        return cuts

    def _known_cuts(self, text: str) -> set[int]:
        cuts = set()
        for length in self._lengths:
            if length >= len(text):
                break
            if self._is_known(text[:length]):
                cuts.add(length)
                digits = re.match(r"\d+", text[length:])
                if digits:  # 核心业务产出 3
                    cuts.add(length + len(digits.group()))
            if self._is_known(text[-length:]):
                cuts.add(len(text) - length)
        return cuts

    @cached_property
    def _lengths(self) -> tuple[int, ...]:
        return tuple(sorted({len(known) for known in self._known}))

    @cached_property
    def _halves(self) -> dict[tuple[int, str], list[str]]:
        """The known texts of four and more characters by length and either half."""
        found: dict[tuple[int, str], list[str]] = {}
        for known in self._known:
            for half in (
                {known[: len(known) // 2], known[len(known) // 2 :]} if len(known) >= _DIVISIBLE else ()
            ):
                found.setdefault((len(known), half), []).append(known)
        return found

    def _is_known(self, piece: str) -> bool:
        """Whether the piece is a known text but for one character; one half of it is right then."""
        if piece in self._alone:
            return True
        at, length = len(piece) // 2, len(piece)
        near = [*self._halves.get((length, piece[:at]), ()), *self._halves.get((length, piece[at:]), ())]
        return any(Hamming.distance(piece, known) <= 1 for known in near)


@cache
def gluer(model: TableModel) -> Gluer:
    """The one gluer of a table model; it remembers what it has cut."""
    return Gluer(model)
