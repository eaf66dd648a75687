"""A noisy channel, not a spell checker: which text was meant in a group of cells that should say the same?

Two layers: a *reader* errs in every cell independently, by shape; a *typist* errs once, by sound, and the slip is
copied to the twins. The rival of every repair is that the clerk worded it so. All costs are nats; a repair must beat
every other explanation by a margin, and no similarity threshold decides anything.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from normalize.channel.broken_words import (
    has_speck,
    is_cut_off,
    keeps_marks,
    spelled_like,
    usual_spelling,
)
from normalize.channel.channel_prices import CHANNEL_PRICES
from normalize.channel.misreading import misreading, slip
from normalize.channel.observation import FileText, Observation, PictureText
from normalize.channel.word_model import (
    FUNCTION_WORDS,
    only_words_changed,
    prose,
    rewording,
    strange_characters,
    words_brought,
)
from normalize.text.fold import skeleton

_MAX_VARIANTS = 5
"""At most this many wordings of one group are weighed; time grows with every one."""
_ENOUGH_TWINS = 2
"""This many other cells must have a mark before it counts as lost in one."""

DecisionKind = Literal["kept", "reworded", "typo", "slip", "twin", "digit"]


@dataclass(frozen=True, slots=True)
class Decision:
    """What one cell should say. `doubt`: another text is nearly as likely (`rival`), so a person must look."""

    text: str
    kind: DecisionKind
    margin: float
    rival: str | None
    doubt: bool

    @property
    def repaired(self) -> bool:
        return self.kind in ("typo", "slip", "twin", "digit")

    @property
    def confidence(self) -> float:
        """Probability of the text against its best rival."""
        return round(1 / (1 + math.exp(-min(self.margin, CHANNEL_PRICES.certain))), 2)


@dataclass(frozen=True, slots=True)
class _Base:
    """A text that stood on paper: what it says, what was meant, what it costs to suppose it."""

    printed: str
    meant: str
    slipped: bool


def read_together(
    seen: Sequence[Observation], standards: Sequence[str] = (), *, printed: float = 0.0
) -> tuple[Decision, ...]:
    """Decide for every cell of a group (a value and its twins; a name in both horizons).

    `standards`: the catalogue's texts for these cells, most usual first; none for a department's own text, whose
    only candidates are its twins. `printed`: how much less likely than elsewhere an own wording is, in nats (names that
    the form prints by itself). Texts are compared without punctuation, which is hardly any evidence.
    """
    if not seen:
        return ()
    usual = [skeleton(text) for text in standards]
    if (not usual or seen[0].key in usual) and all(cell.key == seen[0].key for cell in seen):
        decisions = tuple(Decision(cell.text, "kept", CHANNEL_PRICES.certain, None, False) for cell in seen)
    else:
        spellings: dict[str, tuple[str, ...]] = {}
        for text in (*standards, *(cell.text for cell in seen)):
            spellings[skeleton(text)] = (*spellings.get(skeleton(text), ()), text)
        tables = _totals(seen, usual, printed)
        decisions = tuple(
            _decide(cell, table, usual, spelled_like(cell.text, spellings))
            for cell, table in zip(seen, tables, strict=True)
        )
        decisions = tuple(_unless_twins_keep(*cell, decisions) for cell in zip(decisions, seen, strict=True))
        decisions = tuple(
            _unless_illegible(*cell, seen, decisions) for cell in zip(decisions, seen, strict=True)
        )
    decisions = tuple(_punctuated(*cell, standards, decisions) for cell in zip(decisions, seen, strict=True))
    return tuple(
        _repaired_as_spelled(*cell, standards, decisions) for cell in zip(decisions, seen, strict=True)
    )


def _unless_twins_keep(decision: Decision, cell: Observation, group: Sequence[Decision]) -> Decision:
    """A slip is not undone in one cell alone, because that one was misread besides: it stands in all twins."""
    meant = skeleton(decision.text)
    kept = any(
        other.doubt
        and not other.repaired
        and other.rival == decision.text
        and only_words_changed(skeleton(other.text), meant)
        for other in group
    )
    if decision.kind != "slip" or not kept:
        return decision
    return Decision(cell.text, "kept", decision.margin, decision.text, doubt=True)


def _unless_illegible(
    decision: Decision, cell: Observation, seen: Sequence[Observation], group: Sequence[Decision]
) -> Decision:
    """Of print that something covers, what a twin clearly says is a better guess than what shows through; a doubt it stays."""
    clear = [
        other.text
        for other, observed in zip(group, seen, strict=True)
        if not (other.doubt or observed.is_illegible) and other.text == decision.rival
    ]
    if not (clear and decision.doubt and not decision.repaired and cell.is_illegible):
        return decision
    return Decision(clear[0], "twin", 0.0, cell.text, doubt=True)


def _punctuated(
    decision: Decision, cell: Observation, standards: Sequence[str], group: Sequence[Decision]
) -> Decision:
    """A comma that a reader lost or added: what a clerk writes is copied to the twins, what a reader does is not."""
    if decision.repaired or decision.doubt or isinstance(cell, FileText):
        return decision
    bare = skeleton(decision.text)
    standard = next((text for text in standards[:1] if skeleton(text) == bare), None)
    spelling = standard or usual_spelling(bare, _as_read(group))
    if spelling is None or decision.text == spelling:
        return decision
    alike = sum(other.text == spelling for other in group)
    known = standard or (alike >= _ENOUGH_TWINS and keeps_marks(decision.text, spelling))
    if cell.spells(spelling) and (known or has_speck(decision.text)):
        kind: DecisionKind = "typo" if standard else "twin"
        return Decision(spelling, kind, CHANNEL_PRICES.repair_margin, decision.text, False)
    if cell.may_spell(spelling):
        return replace(decision, rival=spelling, doubt=True)
    if standard is None or alike < len(group) - 1 or alike < _ENOUGH_TWINS:
        return decision
    return Decision(standard, "twin", CHANNEL_PRICES.repair_margin, decision.text, False)


def _repaired_as_spelled(
    decision: Decision, cell: Observation, standards: Sequence[str], group: Sequence[Decision]
) -> Decision:
    """A repaired text has the marks of the standard or of its twins: its own were misread as the rest was."""
    if not decision.repaired or isinstance(cell, FileText):
        return decision
    bare = skeleton(decision.text)
    standard = next((text for text in standards if skeleton(text) == bare), None)
    return replace(decision, text=usual_spelling(bare, _as_read(group)) or standard or decision.text)


def _as_read(group: Sequence[Decision]) -> list[str]:
    return [one.text for one in group if not one.repaired]


def _totals(
    seen: Sequence[Observation], usual: list[str], printed: float
) -> list[dict[tuple[str, bool], float]]:
    """For every cell: each (text meant, by a slip) → the least cost of any explanation of the whole group."""
    variants = [k for k in dict.fromkeys(cell.key for cell in seen) if k not in usual][:_MAX_VARIANTS]
    tables: list[dict[tuple[str, bool], float]] = [{} for _ in seen]
    for opened, cost in _explanations(variants, usual, printed):
        reads = [[cell.cost(base.printed) for base in opened] for cell in seen]
        best = [min(row) for row in reads]
        total = cost + sum(best)
        for i, row in enumerate(reads):
            for base, price in zip(opened, row, strict=True):
                option = (base.meant, base.slipped)
                whole = total - best[i] + price
                if whole < tables[i].get(option, math.inf):
                    tables[i][option] = whole
    return tables


def _explanations(
    variants: list[str], usual: list[str], printed: float
) -> Iterator[tuple[list[_Base], float]]:
    """All ways to suppose which texts stood on paper: usual ones, own wordings, slips of usual ones."""
    choices: list[list[tuple[_Base, float] | None]] = []
    for variant in variants:
        options: list[tuple[_Base, float] | None] = [None, (_Base(variant, variant, False), math.nan)]
        slips = [(slip(variant, meant), meant) for meant in usual]
        options += [
            (_Base(variant, meant, True), cost) for cost, meant in slips if cost < CHANNEL_PRICES.impossible
        ]
        choices.append(options)
    standing = [
        (_Base(text, text, False), CHANNEL_PRICES.usual_text + CHANNEL_PRICES.less_usual_text * n)
        for n, text in enumerate(usual)
    ]
    for picked in product(*choices):
        chosen = [option for option in picked if option]
        if not standing and not chosen:
            continue
        bases = [base for base, _ in standing[:1]] + [base for base, _ in chosen]
        known = usual[:1] + [b.printed for b, cost in chosen if not math.isnan(cost)]
        total = standing[0][1] if standing else 0.0
        for base, cost in chosen:
            total += cost if not math.isnan(cost) else printed + _wording(base.printed, known, usual)
            known.append(base.printed)
        yield bases, total


def _wording(text: str, known: Sequence[str], usual: Sequence[str]) -> float:
    """−ln P(a clerk wrote this), given the texts already supposed to stand in the group."""
    if text in usual:
        return CHANNEL_PRICES.other_standard
    free = prose(text) + (CHANNEL_PRICES.free_text if known else 0.0)
    return min([free, *(rewording(text, other) for other in (*known, *usual))])


def _decide(
    cell: Observation, table: dict[tuple[str, bool], float], usual: list[str], spelled: dict[str, str]
) -> Decision:
    by_text: dict[str, tuple[float, bool]] = {}
    for (text, slipped), cost in sorted(table.items()):
        if text not in by_text or cost < by_text[text][0]:
            by_text[text] = (cost, slipped)
    ranked = sorted(by_text.items(), key=lambda item: (item[1][0], item[0]))
    best, (cost, slipped) = ranked[0]
    second = ranked[1] if len(ranked) > 1 else None
    margin = second[1][0] - cost if second else CHANNEL_PRICES.certain
    rival = spelled.get(second[0], second[0]) if second else None
    if usual and isinstance(cell, PictureText) and is_cut_off(cell.key, usual[0]):
        return Decision(spelled[usual[0]], "typo", 0.0, cell.text, doubt=True)
    if best == cell.key:
        kind: DecisionKind = "kept" if best in usual or not usual else "reworded"
        doubt = kind == "reworded" and _could_be_misread(cell, usual[0])
        other = spelled[usual[0]] if doubt else rival
        return Decision(cell.text, kind, margin, other, margin < CHANNEL_PRICES.doubt_margin or doubt)
    if margin >= _margin_needed(cell.key, best, slipped, best in usual):
        kind = "slip" if slipped else "typo" if best in usual else "twin"
        # what the picture hardly bears may still be the only text that makes sense: repaired, and doubted
        doubt = not slipped and not cell.allows(best)
        if not doubt or (best in usual and not cell.denies(best)):
            return Decision(spelled.get(best, best), kind, margin, cell.text, doubt)
    return Decision(cell.text, "kept", margin, spelled.get(best, best), doubt=True)


def _margin_needed(seen: str, best: str, slipped: bool, standard: bool) -> float:
    """How much cheaper than every rival a repair must be."""
    if only_words_changed(seen, best):
        return CHANNEL_PRICES.never if slipped else CHANNEL_PRICES.fluent_margin
    other = {word for added in words_brought(seen, best) for word in added} & FUNCTION_WORDS
    if other and min(slip(seen, best), misreading(seen, best)) > CHANNEL_PRICES.one_glyph:
        return CHANNEL_PRICES.never  # one small word for another, and no known confusion (依规定 for 按规定)
    if not standard and misreading(seen, best) > CHANNEL_PRICES.one_glyph and not strange_characters(seen):
        # two own texts: only a known confusion, or a character nobody writes, tells which is right
        return CHANNEL_PRICES.never
    return CHANNEL_PRICES.repair_margin


def _could_be_misread(cell: Observation, usual: str) -> bool:
    """An own wording that may well have been the usual text, or that is much worse Chinese: a person must look."""
    if isinstance(cell, FileText):
        return False
    return not cell.excludes(usual) or (
        not cell.is_clear and prose(cell.key) - prose(usual) > CHANNEL_PRICES.broken
    )


def read_closed(cell: Observation, words: Sequence[str]) -> Decision:
    """One cell of a column with a closed list: the list's word that the channel explains, else what was seen.

    Never the catalogue's usual choice for the row: a clerk may well have chosen another word of the list.
    """
    if cell.text in words:
        return Decision(cell.text, "kept", CHANNEL_PRICES.certain, None, False)
    if isinstance(cell, FileText):  # the file says so itself: another word than the list's is the clerk's
        return Decision(cell.text, "kept", CHANNEL_PRICES.certain, words[0], True)
    near = process.extract(cell.text, words, scorer=Levenshtein.distance, limit=3)
    ranked = sorted(
        (min(cell.cost(skeleton(word)), slip(cell.key, skeleton(word))), word) for word, _, _ in near
    )
    cost, best = ranked[0]
    own = CHANNEL_PRICES.free_text + CHANNEL_PRICES.free_closed_word + prose(cell.text)
    rival, other = min([(own, cell.text), *((c, w) for c, w in ranked[1:])])
    if rival - cost >= CHANNEL_PRICES.repair_margin and cost < CHANNEL_PRICES.impossible:
        return Decision(best, "typo", rival - cost, other, False)
    return Decision(cell.text, "kept", abs(rival - cost), best, True)
