"""A ledger that is damaged is set aside, and a new one is made: the shelf has what was read, the inbox the names."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from itertools import count
from pathlib import Path

from shenbao.ingest.ledger.ledger import BrokenLedgerError, Ledger
from shenbao.ingest.place import Output

_BESIDE = ("", "-wal", "-shm")
"""The files of an SQLite database."""


def open_or_rebuild(place: Output, url: str | None, notice: Callable[[str], None]) -> Ledger:
    """The ledger of a folder that is held. Raises `LedgerError` as `Ledger` does; a database of one's own is not rebuilt."""
    try:
        return Ledger(url or place.ledger, notice=notice)
    except BrokenLedgerError as error:
        if url:
            raise
        notes = _salvaged_notes(place.ledger)
        aside = _set_aside(place.ledger)
        notice(f"{error}; it is kept as {aside.name}, and a new one is made of what was read before")
        ledger = Ledger(place.ledger, notice=notice)
        if notes:
            ledger.note(**notes)
        return ledger


def _salvaged_notes(path: Path) -> dict[str, str]:
    """Of which inbox it was, as far as that can still be read: without it another one would not be noticed.

    A place that is not there may be one with flipped bits, and so may be anything else that the ledger says of itself.
    """
    with (
        suppress(sqlite3.Error, UnicodeDecodeError, OSError),
        closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database,
    ):
        found = database.execute("SELECT value FROM notes WHERE key = 'inbox'").fetchone()
        if found and Path(str(found[0])).is_dir():
            return {"inbox": str(found[0])}
    return {}


def _set_aside(path: Path) -> Path:
    names = (path.with_name(f"{path.stem}.damaged-{number}{path.suffix}") for number in count(1))
    aside = next(name for name in names if not name.exists())
    for ending in _BESIDE:
        with suppress(FileNotFoundError):
            path.with_name(path.name + ending).rename(aside.with_name(aside.name + ending))
    return aside
