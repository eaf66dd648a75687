"""Which accepted fields were drawn at random, to be looked at by a person: the sample that measures the season's errors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields

from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from shenbao.ingest.ledger.books import SAMPLES
from shenbao.ingest.ledger.ledger import Ledger, storable_row


@dataclass(frozen=True, slots=True)
class SampledField:
    """A field (form from 0, path in the reading) that was drawn in an ISO week such as 2026-W48.

    `text` is what the reading says, `stake` its place in the queue among other fields; `accepted` is how many fields there
    were to draw from.
    """

    week: str
    number: int
    sha256: str
    form: int
    path: str
    text: str
    stake: float
    accepted: int
    at: str
    program: str


_COLUMNS = [SAMPLES.c[field.name] for field in fields(SampledField)]


class SampleLog:
    """The draws in a ledger's database; raises `LedgerError` as the ledger does."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def add(self, drawn: Sequence[SampledField]) -> bool:
        """Keep a week's draw, all of it; `False` where another desk drew for this week first."""
        rows = [storable_row(asdict(one)) for one in drawn]

        def write(connection: Connection) -> bool:
            try:
                connection.execute(insert(SAMPLES), rows)
            except IntegrityError:
                return False
            return True

        return not rows or self._ledger.run(write)

    def all(self) -> list[SampledField]:
        """Every field that was drawn, week by week."""
        found = select(*_COLUMNS).order_by(SAMPLES.c.week, SAMPLES.c.number)
        return self._ledger.run(lambda c: [SampledField(*row) for row in c.execute(found)])
