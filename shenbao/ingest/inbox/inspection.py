"""The inbox's bytes are looked at in a process of their own: which members an archive has, what a content's hash is.

The process that keeps the ledger handles names and answers only.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from errno import EIO
from typing import Any

from extract.files.limits import Limits
from shenbao.bounded.deaths import death_to_problem
from shenbao.bounded.limits import WorkLimits
from shenbao.bounded.pool import Pool, in_order
from shenbao.bounded.process import Death
from shenbao.ingest.inbox.archive import hash_file, list_members
from shenbao.ingest.inbox.store import Location, location_to_stamp
from shenbao.unpacking.containers import ArchiveError
from shenbao.unpacking.members import Member


@dataclass(frozen=True, slots=True)
class Inspection:
    """What is asked of a file: the members of the archive that it is (`limits`), or the hash of what `way` leads to."""

    place: Location
    way: tuple[int, ...] = ()
    limits: Limits | None = None


@dataclass(frozen=True, slots=True)
class Uninspected:
    """Why a file gave neither: the system's error by its number, or (without one) what is wrong with an archive."""

    number: int | None
    said: str
    name: str | None = None

    def to_error(self) -> Exception:
        """As an exception again."""
        return ArchiveError(self.said) if self.number is None else OSError(self.number, self.said, self.name)


def inspect_file(asked: Inspection) -> list[Member] | str | Uninspected:
    """The members or the hash; what cannot be read is an answer, too."""
    try:
        if asked.limits is not None:
            return list_members(asked.place, asked.limits)
        return hash_file(asked.place, asked.way)
    except OSError as error:
        name = None if error.filename is None else str(error.filename)
        return Uninspected(error.errno or EIO, error.strerror or str(error), name)
    except ArchiveError as error:
        return Uninspected(None, str(error))


class Inspector:
    """Asks the process, and remembers the members of archives that did not change since."""

    def __init__(self, limits: WorkLimits) -> None:
        self._limits = limits
        self._stack = ExitStack()
        self._known: dict[tuple[str, str], list[Member]] = {}

    def __enter__(self) -> Inspector:
        pool: Pool[Inspection, Any] = Pool(inspect_file, 1, self._limits, (__name__,))
        self._pool = self._stack.enter_context(pool)
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def members(self, place: Location, limits: Limits) -> list[Member]:
        """As `list_members` has them; none of an archive that takes too much, for its reader says so. Raises `OSError`."""
        key = (str(place), location_to_stamp(place))
        if key not in self._known:
            answer = self._ask(Inspection(place, limits=limits))
            self._known[key] = [] if isinstance(answer, Death) else answer
        return self._known[key]

    def hash(self, place: Location, way: tuple[int, ...]) -> str:
        """As `hash_file`; what takes too much is an `ArchiveError` that says so. Raises `OSError`."""
        answer = self._ask(Inspection(place, way))
        if isinstance(answer, Death):
            raise ArchiveError(death_to_problem(answer).message)
        return str(answer)

    def _ask(self, asked: Inspection) -> Any:
        ((_, answer),) = in_order(self._pool, [asked])
        if isinstance(answer, Uninspected):
            raise answer.to_error()
        return answer
