"""What a desk asks beside the program's doubts, as it was said once for a season and is kept in its ledger."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from shenbao.desk.queue.second import NO_SECOND_LOOK, SecondRule, texts_to_rule
from shenbao.ingest.ledger.ledger import Ledger

_SEED, _SECOND, _SAMPLES = "desk_seed", "desk_second", "desk_samples"
"""Notes of the ledger."""
_NONE = "none"
"""What is said to have nothing looked at twice any more."""


@dataclass(frozen=True, slots=True)
class DeskRules:
    """Which decided fields are looked at twice, and how many accepted ones are drawn a week, by `seed`."""

    second: SecondRule = NO_SECOND_LOOK
    samples_a_week: int = 0
    seed: str = ""


NO_RULES = DeskRules()
"""Only the program's doubts are asked."""


def keep_rules(ledger: Ledger, second: Iterable[str], samples_a_week: int | None) -> None:
    """Keep what was said of a season; what was not said stays as it was. Raises `RuleError`, `LedgerError`."""
    said = {}
    texts = list(second)
    if texts:
        texts_to_rule([text for text in texts if text != _NONE], "")
        said[_SECOND] = " ".join(text for text in texts if text != _NONE)
    if samples_a_week is not None:
        said[_SAMPLES] = str(samples_a_week)
    if said and _SEED not in ledger.notes():
        said[_SEED] = secrets.token_hex(16)
    if said:
        ledger.note(**said)


def ledger_to_rules(ledger: Ledger) -> DeskRules:
    """What was said of a season so far. Raises `LedgerError`."""
    notes = ledger.notes()
    seed = notes.get(_SEED, "")
    second = texts_to_rule(notes.get(_SECOND, "").split(), seed)
    return DeskRules(second, int(notes.get(_SAMPLES) or 0), seed)
