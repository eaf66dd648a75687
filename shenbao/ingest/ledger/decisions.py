"""What persons decided about fields: a log in the ledger's database to which entries are only ever added."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Literal

from sqlalchemy import Connection, func, insert, select
from sqlalchemy.exc import IntegrityError

from shenbao.ingest.ledger.books import DECISIONS
from shenbao.ingest.ledger.ledger import Ledger, storable_row

DeskDecisionKind = Literal["accept", "candidate", "edit", "blank", "illegible", "absent", "undo"]
"""`accept`: it stands as it is; `candidate`, `edit`: another text; `blank`: nothing stands on the paper; `illegible`: nobody
can read it; `absent`: the whole row is not on the paper; `undo`: the last entry about the field does not count."""


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
        self._ledger = ledger

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

        return self._ledger.run(write)

    def of(self, sha256: str) -> list[DeskDecision]:
        """The entries about a content in their order."""
        return self._read(DECISIONS.c.sha256 == sha256)

    def all(self) -> list[DeskDecision]:
        """Every entry in order."""
        return self._read(DECISIONS.c.id > 0)

    def last(self) -> int:
        """The number of the newest entry; 0 without any."""
        return self._ledger.run(lambda c: c.execute(select(func.max(DECISIONS.c.id))).scalar() or 0)

    def _read(self, condition: object) -> list[DeskDecision]:
        columns = select(*(DECISIONS.c[name] for name in _STORED)).where(condition).order_by(DECISIONS.c.id)  # type: ignore[arg-type]
        return self._ledger.run(lambda c: [DeskDecision(*row) for row in c.execute(columns)])


def _count(connection: Connection, key: str) -> int:
    found = connection.execute(select(func.count()).where(DECISIONS.c.field == key)).scalar()
    return int(found or 0)


def live_decisions(decisions: Iterable[DeskDecision]) -> dict[tuple[int, str], DeskDecision]:
    """The decision that counts for each field (form, path): the newest one that no later entry undid."""
    stacks: dict[tuple[int, str], list[DeskDecision]] = {}
    for decision in decisions:
        stack = stacks.setdefault((decision.form, decision.path), [])
        if decision.kind != "undo":
            stack.append(decision)
        elif stack:
            stack.pop()
    return {key: stack[-1] for key, stack in stacks.items() if stack}
