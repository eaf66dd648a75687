"""The queue of open fields: the dearest doubt first, handed out one at a time, locked for whom it is shown to."""

from __future__ import annotations

import itertools
import time
from bisect import bisect_left, bisect_right, insort_right
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from operator import attrgetter

from models.finding import Finding
from models.submission import Form
from normalize.check.money_units import in_yuan
from shenbao.desk.overlay.fields import Sheet, row_of

_LOCK_SECONDS = 120.0
"""For so long nobody else is shown a field that somebody looks at; chosen: the longest text takes a minute to compare."""
_UNSEEN_SHARE = 0.5
"""How probable an error is where nothing was read."""
_LEAST_SHARE = 0.01
"""No value that was doubted is surer than that."""
_SEVERITIES = {"error": 0, "warning": 1}
_KEPT_PARTS = 16
"""Parts of the queue that are kept in order: as many as ten persons work on, and some more."""
_RANK = attrgetter("rank")


@dataclass(frozen=True, slots=True)
class Address:
    """A field of a form (from 0) of a content."""

    sha256: str
    form: int
    path: str


@dataclass(frozen=True, slots=True, order=True)
class OpenField:
    """A field of the queue. The order of the queue is that of `rank`: dearest first, gravest, then as the forms stand.

    `text` is what was read, `before` what a repair changed it from. Who is `barred` has decided about it: others are
    asked, and not told. `is_sample`: the program had accepted it.
    """

    rank: tuple[float, int, str, int, int]
    address: Address = field(compare=False)
    codes: tuple[str, ...] = field(compare=False)
    department: str = field(compare=False)
    kind: str = field(compare=False)
    page: int | None = field(compare=False, default=None)
    text: str = field(compare=False, default="")
    before: str = field(compare=False, default="")
    barred: frozenset[str] = field(compare=False, default=frozenset())
    is_sample: bool = field(compare=False, default=False)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which part of the queue is worked on; an empty text is everything."""

    department: str = ""
    code: str = ""
    form: str = ""
    submission: str = ""

    def takes(self, one: OpenField) -> bool:
        """Whether a field belongs to this part."""
        return (
            self.department in ("", one.department)
            and (not self.code or self.code in one.codes)
            and self.form in ("", one.kind)
            and self.submission in ("", one.address.sha256)
        )


def form_to_queue(
    sha256: str, name: str, number: int, sheet: Sheet, doubts: Mapping[str, Sequence[Finding]]
) -> Iterator[OpenField]:
    """The open fields of a form, each with its rank; `name` is the submission's."""
    form = sheet.form
    order = {path: n for n, path in enumerate(sheet.kinds)}
    department = form.data.department or "（未读出部门名称）"
    for path, findings in doubts.items():
        grave = min((_SEVERITIES.get(found.severity, 1) for found in findings), default=1)
        stake = float(yuan_at_stake(sheet, path)) * _error_share(form, path)
        codes = tuple(dict.fromkeys(found.code for found in findings))
        rank = (-round(stake, 2), grave, name, number, order.get(path, len(order)))
        seen = form.evidence.get(path)
        at = Address(sha256, number, path)
        before = next((r.before for r in form.repairs if r.path.removesuffix("/text") == path), None)
        yield OpenField(
            *(rank, at, codes, department, form.form, seen.page if seen else None),
            text=sheet.text(path) or "",
            before=before or "",
        )


def yuan_at_stake(sheet: Sheet, path: str, text: str | None = None) -> Decimal:
    """The money that a wrong field would move, in yuan: a figure's own amount, a share's line.

    `text` stands for what the reading says of a figure.
    """
    row = row_of(path)
    if sheet.kinds.get(path) == "share" and row:
        path, text = f"{row}/amount", None
    if sheet.kinds.get(path) != "amount" or path.endswith("/weight"):
        return Decimal(0)
    text = text or sheet.text(path)
    amount = Decimal(text) if text else Decimal(0)
    return abs(in_yuan(amount, sheet.form.data.money_unit) or amount)


def _error_share(form: Form, path: str) -> float:
    """How probable it is that a field is wrong."""
    seen = form.evidence.get(path)
    sure = [seen.confidence] if seen else [1 - _UNSEEN_SHARE]
    sure += [repair.confidence for repair in form.repairs if repair.path.removesuffix("/text") == path]
    return max(1 - min(sure), _LEAST_SHARE)


@dataclass(slots=True)
class _Lock:
    person: str
    until: float


class Queue:
    """The open fields of all submissions in their order, and who looks at which. Its caller keeps threads apart."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._contents: dict[str, tuple[OpenField, ...]] = {}
        self._at: dict[Address, OpenField] = {}
        self._barred: dict[Address, OpenField] = {}
        self._parts: OrderedDict[Filter, list[OpenField]] = OrderedDict({Filter(): []})
        self._locks: dict[Address, _Lock] = {}
        self._later: dict[str, dict[Address, None]] = {}

    def replace(self, sha256: str, fields: Iterable[OpenField]) -> None:
        """The open fields of one content take the place of those that were."""
        for one in self._contents.pop(sha256, ()):
            self._at.pop(one.address, None)
            self._barred.pop(one.address, None)
            for wanted, part in self._parts.items():
                if wanted.takes(one):
                    part.pop(_position(part, one))
        self._contents[sha256] = tuple(fields)
        for one in self._contents[sha256]:
            self._at[one.address] = one
            if one.barred:
                self._barred[one.address] = one
            for wanted, part in self._parts.items():
                if wanted.takes(one):
                    insort_right(part, one, key=_RANK)

    def reset(self, fields: Iterable[OpenField]) -> None:
        """These are all open fields now."""
        contents: dict[str, list[OpenField]] = {}
        for one in fields:
            contents.setdefault(one.address.sha256, []).append(one)
        self._contents = {sha256: tuple(part) for sha256, part in contents.items()}
        self._at = {one.address: one for part in contents.values() for one in part}
        self._barred = {address: one for address, one in self._at.items() if one.barred}
        self._parts = OrderedDict({Filter(): sorted(self._at.values(), key=_RANK)})

    def _part(self, wanted: Filter) -> list[OpenField]:
        """The open fields of a part in their order; parts that persons work on are kept."""
        found = self._parts.get(wanted)
        if found is None:
            found = self._parts[wanted] = [one for one in self._parts[Filter()] if wanted.takes(one)]
            if len(self._parts) > _KEPT_PARTS:
                del self._parts[next(part for part in self._parts if part != Filter())]
        self._parts.move_to_end(wanted)
        return found

    def at(self, address: Address) -> OpenField | None:
        """The field as it stands in the queue; `None` where it is not open."""
        return self._at.get(address)

    def of(self, wanted: Filter, person: str = "") -> list[OpenField]:
        """The open fields of a part of the queue in their order, without those that `person` may not be shown."""
        return [one for one in self._part(wanted) if person not in one.barred]

    def count(self, wanted: Filter, person: str = "") -> int:
        """How many those are."""
        barred = (one for one in self._barred.values() if person in one.barred)
        return len(self._part(wanted)) - sum(wanted.takes(one) for one in barred)

    def hand_out(self, person: str, wanted: Filter, count: int = 1) -> list[OpenField]:
        """The next fields for a person, of which the first is theirs for a while: what they put off comes last."""
        found = list(itertools.islice(self._free(person, wanted), count))
        for one in found[:1]:
            self.hold(one.address, person)
        return found

    def _free(self, person: str, wanted: Filter) -> Iterator[OpenField]:
        now, later = self._clock(), self._later.get(person, {})
        for one in self._part(wanted):
            if one.address not in later and self._may_see(one, person, now):
                yield one
        for one in (self._at[address] for address in later if address in self._at):
            if wanted.takes(one) and self._may_see(one, person, now):
                yield one

    def _may_see(self, one: OpenField, person: str, now: float) -> bool:
        return person not in one.barred and self._is_free(one.address, person, now)

    def hold(self, address: Address, person: str) -> bool:
        """Whether a field is the person's for a while now: it is nobody else's. What they held before is free again."""
        now = self._clock()
        if not self._is_free(address, person, now):
            return False
        self._locks = {
            at: lock for at, lock in self._locks.items() if lock.person != person and lock.until > now
        }
        self._locks[address] = _Lock(person, now + _LOCK_SECONDS)
        return True

    def _is_free(self, address: Address, person: str, now: float) -> bool:
        lock = self._locks.get(address)
        return lock is None or lock.person == person or lock.until <= now

    def put_off(self, address: Address, person: str) -> None:
        """Have the person asked about this field last."""
        later = self._later.setdefault(person, {})
        later.pop(address, None)
        later[address] = None

    def after(self, address: Address, wanted: Filter, person: str = "") -> OpenField | None:
        """The field behind this one in the queue's order that `person` may be shown; the first behind the last."""
        part, one = self._part(wanted), self._at.get(address)
        start = bisect_left(part, one.rank, key=_RANK) if one else 0
        while one and start < len(part) and part[start].address != address and part[start].rank == one.rank:
            start += 1
        start += start < len(part) and part[start].address == address
        turned = itertools.chain(part[start:], part[:start])
        return next((other for other in turned if person not in other.barred), None)


def _position(part: Sequence[OpenField], one: OpenField) -> int:
    """Where a field that is in a part stands in it."""
    first = bisect_left(part, one.rank, key=_RANK)
    last = bisect_right(part, one.rank, key=_RANK)
    return next(n for n in range(first, last) if part[n].address == one.address)
