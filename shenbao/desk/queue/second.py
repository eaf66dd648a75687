"""Four eyes: which decided fields another person looks at, blind to what the first one said."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from shenbao.desk.overlay.overlay import Final
from shenbao.desk.queue.queue import Address, yuan_at_stake
from shenbao.ingest.ledger.decisions import DeskDecision, field_looks, is_agreed


@dataclass(frozen=True, slots=True)
class SecondRule:
    """Which decided fields are looked at twice: figures of so many yuan and more, and a random share of all.

    `seed` makes the random share the same whenever it is asked.
    """

    above: Decimal | None = None
    share: float = 0.0
    seed: str = ""

    def wants(self, final: Final, address: Address) -> bool:
        """Whether two persons are to look at a field."""
        if self.above is not None and _yuan(final, address) >= self.above:
            return True
        drawn = hashlib.sha256(f"{self.seed} {address}".encode("utf-8", "replace")).digest()
        return int.from_bytes(drawn[:6]) < self.share * 2**48


def _yuan(final: Final, address: Address) -> Decimal:
    """What was read or decided, whichever is more: a figure that was corrected is as dear as it is now."""
    sheet, decided = final.sheets[address.form], final.live[address.form, address.path].after
    return max(yuan_at_stake(sheet, address.path, text) for text in (None, decided))


NO_SECOND_LOOK = SecondRule()
"""Nothing is looked at twice, save what two persons disagree on."""


class RuleError(ValueError):
    """A text that says nothing about which fields are looked at twice."""


def texts_to_rule(texts: Iterable[str], seed: str) -> SecondRule:
    """`100000` (yuan and more), `5%` (a random share) → the rule. Raises `RuleError`.

    >>> texts_to_rule(["100000", "5%"], "s")
    SecondRule(above=Decimal('100000'), share=0.05, seed='s')
    """
    above, share = None, 0.0
    for text in texts:
        try:
            figure = Decimal(text.removesuffix("%"))
        except InvalidOperation as error:
            raise RuleError(f"{text!r} is neither an amount in yuan nor a share such as 5%") from error
        if not figure.is_finite() or figure < 0 or (text.endswith("%") and figure > 100):
            raise RuleError(f"{text!r} is neither an amount in yuan nor a share such as 5%")
        if text.endswith("%"):
            share = float(figure) / 100
        else:
            above = figure
    return SecondRule(above, share, seed)


def second_looks(
    sha256: str, final: Final, log: Iterable[DeskDecision], rule: SecondRule
) -> Iterator[tuple[Address, frozenset[str]]]:
    """The decided fields that somebody else is to look at, and who looked already.

    Two persons who disagree are always parted by a third, whatever the rule says now.
    """
    looks: Mapping[tuple[int, str], tuple[DeskDecision, ...]] = field_looks(log)
    for (form, path), decision in final.live.items():
        seen = looks.get((decision.form, decision.path), ())
        address = Address(sha256, form, path)
        if path not in final.sheets[form].kinds or is_agreed(seen):
            continue
        if len(seen) > 1 or rule.wants(final, address):
            yield address, frozenset(one.person for one in seen)
