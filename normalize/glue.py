"""Where two neighbouring cells may have been glued into one: places at which one side is known by itself."""

from __future__ import annotations

import re
from functools import cached_property

from rapidfuzz.distance import Levenshtein

from normalize.catalogue import NUMBER_MARK
from normalize.tables import TableModel
from normalize.text import fold

_EDGES = re.compile(
    r"(?<=[%‰])(?=\S)|(?<=[\u3400-\u9fff])(?=[≥≤<>=-]?\d)|(?<=\D)(?=[≥≤])|(?<=\d)(?=[\u3400-\u9fff])|(?<=无)(?=无)"
)
MAX_OPTIONS = 12


class Gluer:
    """Finds the places where a text of one table model may fall apart into two cells."""

    def __init__(self, model: TableModel) -> None:
        self._model = model

    @cached_property
    def _known(self) -> tuple[str, ...]:
        """Everything that the model expects to find alone in a cell, longest first."""
        entries = [state.entry for state in self._model.states]
        texts = [e.level1 for e in entries] + [e.level2 for e in entries] + [e.level3 or "" for e in entries]
        texts += [e.standard or "" for e in entries] + [a for e in entries for a in e.aliases]
        for variant in self._model.variants:
            texts += [word for column in variant.columns for word in column.words] + list(variant.labels)
        return tuple(sorted({fold(t.replace(NUMBER_MARK, "")) for t in texts if len(t) > 1}, key=lambda t: (-len(t), t)))

    @cached_property
    def _alone(self) -> frozenset[str]:
        return frozenset(self._known)

    def options(self, text: str, raw: str) -> tuple[tuple[str, str], ...]:
        """Pairs (left, right) with `left + right == text`; none for a text that is known as it stands."""
        if len(text) < 2 or text in self._alone:
            return ()
        cuts = {match.start() for match in _EDGES.finditer(text)} | self._spaces(raw, text)
        cuts |= self._known_cuts(text)
        if len(text) % 2 == 0 and text[: len(text) // 2] == text[len(text) // 2 :]:
            cuts.add(len(text) // 2)
        inside = sorted(cut for cut in cuts if 0 < cut < len(text))[:MAX_OPTIONS]
        return tuple((text[:cut].rstrip("，、 "), text[cut:].lstrip(" ")) for cut in inside)

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
        for known in self._known:
            if len(known) >= len(text):
                continue
            if _alike(text[: len(known)], known):
                cuts.add(len(known))
                if text[len(known)].isdigit():  # 核心业务产出 3
                    digits = re.match(r"\d+", text[len(known) :])
                    cuts.add(len(known) + len(digits.group() if digits else ""))
            if _alike(text[-len(known) :], known):
                cuts.add(len(text) - len(known))
        return cuts


def _alike(piece: str, known: str) -> bool:
    return piece == known or (len(known) >= 4 and Levenshtein.distance(piece, known, score_cutoff=1) <= 1)
