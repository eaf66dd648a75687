"""What persons decided about fields: a log in the ledger's database to which entries are only ever added."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from decimal import Decimal, InvalidOperation
from typing import Literal

from sqlalchemy import Connection, func, insert, select
from sqlalchemy.exc import IntegrityError

from shenbao.ingest.ledger.books import DECISIONS
from shenbao.ingest.ledger.ledger import Ledger, storable_row

DeskDecisionKind = Literal["accept", "candidate", "edit", "blank", "illegible", "absent", "add", "undo"]
"""`accept`: it stands as it is; `candidate`, `edit`: another text; `blank`: nothing stands on the paper; `illegible`: nobody
can read it; `absent`: the whole row is not on the paper; `add`: a row that was not read; `undo`: the last entry about the field
does not count."""
SECOND_LOOK = "second-look"
"""Why somebody was asked about a field that another person had decided: they are not told of it."""
SAMPLE_LOOK = "sample"
"""Why somebody was asked about a field that the program had accepted."""
_PAIR = 2
"""Persons whose equal answers settle a field; of two that differ a third is asked."""


class ConflictError(Exception):
    """The field was decided about by somebody else since it was shown."""


@dataclass(frozen=True, slots=True)
class DeskDecision:
    """What a person said about a field of form `form` (from 0) of a content.

    `answered` is what the reading said when it was asked, `read` what stood there as seen (its evidence), `before` what
    stood in the field just before, `after` what stands now (`None`: nothing). `version` is how many entries about the field
    there were before; `why` are the codes of the findings that asked; `at` is UTC in ISO 8601.
    """

    sha256: str
    form: int
    path: str
    kind: DeskDecisionKind
    answered: str | None
    read: str | None
    before: str | None
    after: str | None
    version: int
    why: str
    person: str
    at: str
    seconds: float
    program: str
    id: int = 0


_STORED = [field.name for field in fields(DeskDecision)]


def field_key(sha256: str, form: int, path: str) -> str:
    """What tells a field from all others, short enough for an index."""
    return hashlib.sha256(os.fsencode(f"{sha256} {form} {path}")).hexdigest()


class DecisionLog:
    """The log in a ledger's database. Every call is one transaction; raises `LedgerError` as the ledger does."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

    def add(self, decisions: Sequence[DeskDecision]) -> list[int]:
        """Append entries, all or none; gives their numbers. Raises `ConflictError` where one answers an old version."""

        def write(connection: Connection) -> list[int]:
            numbers = []
            for decision in decisions:
                row = storable_row({name: value for name, value in asdict(decision).items() if name != "id"})
                key = field_key(decision.sha256, decision.form, decision.path)
                if _count(connection, key) != decision.version:
                    raise ConflictError(decision.path)
                try:
                    done = connection.execute(insert(DECISIONS).values(field=key, **row))
                except IntegrityError as error:
                    raise ConflictError(decision.path) from error
                numbers.append(int(done.inserted_primary_key[0]))  # type: ignore[index]
            return numbers

        return self.ledger.run(write)

    def of(self, sha256: str) -> list[DeskDecision]:
        """The entries about a content in their order."""
        return self._read(DECISIONS.c.sha256 == sha256)

    def all(self) -> list[DeskDecision]:
        """Every entry in order."""
        return self._read(DECISIONS.c.id > 0)

    def last(self) -> int:
        """The number of the newest entry; 0 without any."""
        return self.ledger.run(lambda c: c.execute(select(func.max(DECISIONS.c.id))).scalar() or 0)

    def _read(self, condition: object) -> list[DeskDecision]:
        columns = select(*(DECISIONS.c[name] for name in _STORED)).where(condition).order_by(DECISIONS.c.id)  # type: ignore[arg-type]
        return self.ledger.run(lambda c: [DeskDecision(*row) for row in c.execute(columns)])


def _count(connection: Connection, key: str) -> int:
    found = connection.execute(select(func.count()).where(DECISIONS.c.field == key)).scalar()
    return int(found or 0)


def live_decisions(decisions: Iterable[DeskDecision]) -> dict[tuple[int, str], DeskDecision]:
    """The decision that counts for each field (form, path): the newest one, or what most looks at the field agree on."""
    return {field: final_look(looks) for field, looks in field_looks(decisions).items()}


def field_looks(
    decisions: Iterable[DeskDecision],
) -> dict[tuple[int, str], tuple[DeskDecision, ...]]:
    """The looks at each field (form, path) that no later entry undid: the newest decision, and others' blind looks after it.

    An undo is about its person's own newest entry, where there is one.
    """
    stacks: dict[tuple[int, str], list[DeskDecision]] = {}
    for decision in decisions:
        stack = stacks.setdefault((decision.form, decision.path), [])
        if decision.kind != "undo":
            stack.append(decision)
        elif stack:
            own = [one for one in stack if one.person == decision.person]
            stack.remove(own[-1] if own else stack[-1])
    return {field: tuple(_newest_looks(stack)) for field, stack in stacks.items() if stack}


def _newest_looks(stack: Sequence[DeskDecision]) -> Sequence[DeskDecision]:
    first = max((n for n, one in enumerate(stack) if not is_second_look(one)), default=0)
    return stack[first:]


def is_second_look(decision: DeskDecision) -> bool:
    """Whether its person did not see what others had decided. A remark stands behind `；`."""
    return decision.why.partition("；")[0] == SECOND_LOOK


def final_look(looks: Sequence[DeskDecision]) -> DeskDecision:
    """What counts of the looks at a field: what two persons said, else the third's word, else the first's."""
    for one in looks:
        if any(is_same_answer(one, other) for other in looks if other is not one):
            return one
    return looks[-1] if len(looks) > _PAIR else looks[0]


def is_agreed(looks: Sequence[DeskDecision]) -> bool:
    """Whether nobody else need look: two persons said the same, or a third had the last word."""
    agree = any(is_same_answer(one, two) for n, one in enumerate(looks) for two in looks[n + 1 :])
    return agree or len(looks) > _PAIR


def is_same_answer(one: DeskDecision, other: DeskDecision) -> bool:
    """Whether two decisions leave the same in the field; figures are equal by their amount, not by their digits."""
    unread = ("illegible", "absent")
    if (one.kind in unread or other.kind in unread) and one.kind != other.kind:
        return False
    return is_equal_text(one.after, other.after)


def is_equal_text(one: str | None, other: str | None) -> bool:
    """Whether two texts of a field are the same value.

    >>> is_equal_text("1470.9", "1470.90"), is_equal_text("80%", "80"), is_equal_text(None, "")
    (True, False, True)
    """
    if (one or "") == (other or ""):
        return True
    try:
        return Decimal(one or "") == Decimal(other or "")
    except InvalidOperation:
        return False
