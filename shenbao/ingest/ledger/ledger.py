"""The ledger: which file has which content, and what became of each content. It outlives the run that writes it."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, fields
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, create_engine, delete, event, insert, select, update
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError

from shenbao.ingest.ledger.books import (
    FILES,
    FORMS,
    METADATA,
    NOTES,
    RESULTS,
    WORKS,
    File,
    FormRow,
    ResultDigest,
    Work,
    WorkState,
)

_AnswerT = TypeVar("_AnswerT")
_LEDGER_VERSION = "1"
_PATIENCE = 180.0
"""Seconds that a database server may be gone before we give up."""
_FIRST_PATIENCE = 5.0
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


_UNDECODED = "Could not decode"
"""What SQLite's driver says of a text that is no UTF-8."""


class LedgerError(Exception):
    """A ledger that cannot be opened, written, or is another folder's; the message says what to do."""


class BrokenLedgerError(LedgerError):
    """An SQLite file that is damaged. What was read is still on the shelf, and a new ledger is made of it."""


class Ledger:
    """All that is written goes through here, each call in one transaction; raises `LedgerError`."""

    def __init__(
        self, where: Path | str, patience: float = _PATIENCE, notice: Callable[[str], None] = lambda _: None
    ) -> None:
        """`where`: an SQLite file, or the URL of a database that SQLAlchemy knows; `notice` is told of waiting."""
        self._notice = notice
        # an address that never worked is said soon; a server that goes away later is waited for
        self.patience = min(patience, _FIRST_PATIENCE)
        try:
            if isinstance(where, Path) and where.exists() and not os.access(where, os.W_OK):
                # a folder on a read-only disk can still be looked at
                self._engine = create_engine(f"sqlite:///file:{where}?immutable=1&uri=true")
            elif isinstance(where, Path):
                self._engine = create_engine(f"sqlite:///{where}", connect_args={"timeout": 30})
                event.listen(self._engine, "connect", _prepare_sqlite)
            else:
                self._engine = create_engine(_with_driver(where), pool_pre_ping=True)
        except ModuleNotFoundError as error:
            raise LedgerError(
                f"the ledger's address needs the package {error.name}; PostgreSQL's comes with "
                "pip install 'shenbao[postgresql]', other databases are not tested"
            ) from error
        except (SQLAlchemyError, ImportError) as error:
            raise LedgerError(f"the ledger's address is not usable: {error}") from error
        self._check()
        self.run(METADATA.create_all)
        self._check_values()
        self.patience = patience

    def close(self) -> None:
        self._engine.dispose()

    def _check(self) -> None:
        """Raises `BrokenLedgerError` for an SQLite file that is damaged or is none."""
        if self._engine.dialect.name != "sqlite":
            return
        try:
            with self._engine.connect() as connection:
                found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
        except OperationalError:
            return  # it cannot be used now, which is said when it is
        except (SQLAlchemyError, UnicodeDecodeError) as error:  # its words quote what is damaged
            found = str(getattr(error, "orig", error))
        if found != "ok":
            raise BrokenLedgerError(f"the ledger is damaged ({found})")

    def _check_values(self) -> None:
        """Raises `BrokenLedgerError` for values that nobody can have written; `quick_check` looks at the pages only."""
        if self._engine.dialect.name != "sqlite":
            return
        try:
            for read in (self.files, self.works, self.forms, self.digests, self.notes):
                read()
        except (ArithmeticError, TypeError, ValueError) as error:
            raise BrokenLedgerError(f"the ledger is damaged ({error!r})") from error
        except LedgerError as error:
            if _UNDECODED in str(error):
                raise BrokenLedgerError(f"the ledger is damaged ({error})") from error
            raise

    def belong(self, identity: str, inbox: str, moved: bool) -> None:
        """Tie a new ledger to an output folder and its inbox; raises `LedgerError` for others'."""
        notes = self.notes()
        if notes.get("version", _LEDGER_VERSION) != _LEDGER_VERSION:
            raise LedgerError("the ledger was written by another version of shenbao")
        if notes.get("output", identity) != identity:
            raise LedgerError("the ledger belongs to another output folder; give each folder its own")
        if not moved and notes.get("inbox", inbox) != inbox:
            before = notes["inbox"]
            raise LedgerError(
                f"the output folder holds the results of {before}; use another output folder, "
                "or --moved if it is the same inbox in a new place"
            )
        self.note(version=_LEDGER_VERSION, output=identity, inbox=inbox)

    def notes(self) -> dict[str, str]:
        return dict(self.run(lambda c: [(row.key, row.value) for row in c.execute(select(NOTES))]))

    def note(self, **notes: str) -> None:
        def write(connection: Connection) -> None:
            connection.execute(delete(NOTES).where(NOTES.c.key.in_(list(notes))))
            connection.execute(insert(NOTES), [{"key": k, "value": v} for k, v in notes.items()])

        self.run(write)

    def files(self) -> dict[str, File]:
        return {file.name: file for file in self._all(FILES, File)}

    def works(self) -> dict[str, Work]:
        return {work.sha256: work for work in self._all(WORKS, Work)}

    def forms(self) -> list[FormRow]:
        def read(connection: Connection) -> list[FormRow]:
            rows = connection.execute(select(FORMS).order_by(FORMS.c.sha256, FORMS.c.number))
            return [FormRow(**_exact(row)) for row in rows.mappings()]

        return self.run(read)

    def digests(self) -> dict[str, str]:
        """The digests of results by their contents' hashes."""
        return {found.sha256: found.digest for found in self._all(RESULTS, ResultDigest)}

    def record(
        self,
        files: Sequence[File] = (),
        works: Sequence[Work] = (),
        forms: Iterable[FormRow] = (),
        digests: Sequence[ResultDigest] = (),
    ) -> None:
        """Put rows in the place of those with the same key; the forms of every work are replaced."""

        def write(connection: Connection) -> None:
            _replace(connection, FILES, "name", files)
            _replace(connection, WORKS, "sha256", works)
            _replace(connection, RESULTS, "sha256", digests)
            finished = [work.sha256 for work in works if work.state != "reading"]
            if finished:
                connection.execute(delete(FORMS).where(FORMS.c.sha256.in_(finished)))
            rows = [_inexact(form) for form in forms]
            if rows:
                connection.execute(insert(FORMS), rows)

        forms = list(forms)
        if files or works or digests:
            self.run(write)

    def forget(self, names: Sequence[str]) -> None:
        """Take files that left the inbox off the books; what they held stays known."""
        if names:
            self.run(lambda c: _delete(c, FILES, "name", names))

    def disown(self, shas: Sequence[str]) -> None:
        """Contents whose last file left the inbox; their forms count no more."""

        def write(connection: Connection) -> None:
            for part in _parts(shas):
                connection.execute(update(WORKS).where(WORKS.c.sha256.in_(part)).values(name=None))
                connection.execute(delete(FORMS).where(FORMS.c.sha256.in_(part)))

        if shas:
            self.run(write)

    def roll_back(self) -> int:
        """What a run left in the middle of reading is to be read again; gives how many."""
        found = update(WORKS).where(WORKS.c.state == "reading").values(state="found")
        return self.run(lambda c: c.execute(found).rowcount)

    def retry(self, states: Iterable[WorkState]) -> int:
        """Have contents in these states, and files that could not be read, read again; gives how many."""

        def write(connection: Connection) -> int:
            again = update(WORKS).where(WORKS.c.state.in_(list(states)), WORKS.c.name.is_not(None))
            unread = delete(FILES).where(FILES.c.sha256.is_(None))
            return (
                connection.execute(again.values(state="found")).rowcount + connection.execute(unread).rowcount
            )

        return self.run(write)

    def _all(self, table: Table, noun: type[Any]) -> list[Any]:
        names = [field.name for field in fields(noun)]
        columns = select(*(table.c[name] for name in names))
        return self.run(lambda c: [noun(*row) for row in c.execute(columns)])

    def run(self, job: Callable[[Connection], _AnswerT]) -> _AnswerT:
        """Run a job in a transaction of its own; a server that is gone is waited for."""
        until, pause, waiting = time.monotonic() + self.patience, 0.1, False
        while True:
            try:
                with self._engine.begin() as connection:
                    answer = job(connection)
            except (OperationalError, InterfaceError) as error:
                if not self._may_return(error) or time.monotonic() > until:
                    advice = "; make room and run it again" if "disk is full" in str(error.orig) else ""
                    raise LedgerError(f"the ledger cannot be used: {_said(error)}{advice}") from error
                if not waiting:
                    self._notice(
                        f"the ledger's database does not answer; waiting up to {self.patience:g} s: {_said(error)}"
                    )
                waiting = True
                time.sleep(pause)
                pause = min(2 * pause, 5.0)
            except SQLAlchemyError as error:
                raise LedgerError(f"the ledger cannot be used: {error}") from error
            else:
                if waiting:
                    self._notice("the ledger's database answers again")
                return answer

    def _may_return(self, error: DBAPIError) -> bool:
        """An SQLite file that fails (disk full, read-only) will not mend itself."""
        return self._engine.dialect.name != "sqlite"


def _said(error: DBAPIError) -> str:
    """The database's own words in one line."""
    return " ".join(str(error.orig or error).split())


def _with_driver(url: str) -> str:
    """The address with the driver that we install, where it names none, as `shenbao tables` takes it.

    >>> _with_driver("postgresql://budget@db.example/season")
    'postgresql+psycopg://budget@db.example/season'
    """
    scheme, mark, rest = url.partition("://")
    return f"postgresql+psycopg{mark}{rest}" if scheme in ("postgres", "postgresql") else url


def _prepare_sqlite(connection: Any, _: object) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")


def _replace(connection: Connection, table: Table, key: str, nouns: Sequence[Any]) -> None:
    if nouns:
        _delete(connection, table, key, [getattr(noun, key) for noun in nouns])
        connection.execute(insert(table), [storable_row(asdict(noun)) for noun in nouns])


def _delete(connection: Connection, table: Table, key: str, values: Sequence[str]) -> None:
    for part in _parts(values):
        connection.execute(delete(table).where(table.c[key].in_(part)))


def _parts(values: Sequence[str], size: int = 500) -> Iterable[Sequence[str]]:
    """A statement takes only so many values."""
    return (values[n : n + size] for n in range(0, len(values), size))


def _inexact(form: FormRow) -> dict[str, Any]:
    """Amounts as text: SQLite has no decimals."""
    return storable_row({k: format(v, "f") if isinstance(v, Decimal) else v for k, v in asdict(form).items()})


def storable_row(row: dict[str, Any]) -> dict[str, Any]:
    """Text without what no database takes (NUL, half a character pair): one file must not stop them all."""
    return {k: _UNSTORABLE.sub("\ufffd", v) if isinstance(v, str) else v for k, v in row.items()}


def _exact(row: Any) -> dict[str, Any]:
    amounts = {key: Decimal(row[key]) for key in ("income", "expenditure") if row[key] is not None}
    return {**row, **amounts}
