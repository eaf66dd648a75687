"""One look at the inbox: what lies in it, what of it is left alone, and what ends the run."""

from __future__ import annotations

import time
from collections.abc import Mapping
from tempfile import gettempdir

from shenbao.ingest.inbox.candidates import Candidate, Looking, inbox_to_candidates
from shenbao.ingest.inbox.store import DISK_FULL, Location


class InboxGoneError(Exception):
    """The inbox cannot be listed, or nothing that was in it is there: a share that is not mounted?"""


class UnwritableError(Exception):
    """Results cannot be written: disk full, folder read-only."""


def look(inbox: Location, looking: Looking) -> list[Candidate]:
    """The submissions under `inbox`, as `inbox_to_candidates` has them. Raises `InboxGoneError`, `UnwritableError`."""
    try:
        return inbox_to_candidates(inbox, looking)
    except OSError as error:
        demand_room(error)
        raise InboxGoneError(f"{error.filename or inbox}: {error.strerror or error}") from error


def demand_room(error: OSError) -> None:
    """A full disk is where archives are unpacked: no other file would be spared. Raises `UnwritableError`."""
    if error.errno in DISK_FULL:
        raise UnwritableError(f"{error.strerror}: {error.filename or gettempdir()}") from error


def is_settled(candidate: Candidate, settle: float, seen: Mapping[str, str]) -> bool:
    """Left alone for long enough: by the clock, or (clocks of shares differ) between two looks."""
    return candidate.touched + settle < time.time() or seen.get(candidate.name) == candidate.stamp
