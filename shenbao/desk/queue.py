"""The queue of open fields: the dearest doubt first, handed out one at a time, locked for whom it is shown to."""

from __future__ import annotations

import time
from bisect import insort
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from models.finding import Finding
from models.submission import Form
from normalize.check.money_units import in_yuan
from shenbao.desk.fields import Sheet, row_of

_LOCK_SECONDS = 120.0
"""For so long nobody else is shown a field that somebody looks at; chosen: the longest text takes a minute to compare."""
_UNSEEN_SHARE = 0.5
"""How probable an error is where nothing was read."""
_LEAST_SHARE = 0.01
"""No value that was doubted is surer than that."""
_SEVERITIES = {"error": 0, "warning": 1}


@dataclass(frozen=True, slots=True)
class Address:
    """A field of a form (from 0) of a content."""

    sha256: str
    form: int
    path: str


@dataclass(frozen=True, slots=True, order=True)
class OpenField:
    """A field of the queue. The order of the queue is that of `rank`: dearest first, gravest, then as the forms stand.

    `text` is what was read, `before` what a repair changed it from.
    """

    rank: tuple[float, int, str, int, int]
    address: Address = field(compare=False)
    codes: tuple[str, ...] = field(compare=False)
    department: str = field(compare=False)
    kind: str = field(compare=False)
    page: int | None = field(compare=False, default=None)
    text: str = field(compare=False, default="")
    before: str = field(compare=False, default="")


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
        stake = float(_yuan_at_stake(sheet, path)) * _error_share(form, path)
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


def _yuan_at_stake(sheet: Sheet, path: str) -> Decimal:
    """The money that a wrong field would move, in yuan: a figure's own amount, a share's line."""
    row = row_of(path)
    if sheet.kinds.get(path) == "share" and row:
        path = f"{row}/amount"
    if sheet.kinds.get(path) != "amount" or path.endswith("/weight"):
        return Decimal(0)
    text = sheet.text(path)
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
        self._fields: list[OpenField] = []
        self._locks: dict[Address, _Lock] = {}
        self._later: dict[str, dict[Address, None]] = {}

    def replace(self, sha256: str, fields: Iterable[OpenField]) -> None:
        """The open fields of one content take the place of those that were."""
        self._fields = [one for one in self._fields if one.address.sha256 != sha256]
        for one in fields:
            insort(self._fields, one)

    def reset(self, fields: Iterable[OpenField]) -> None:
        """These are all open fields now."""
        self._fields = sorted(fields)

    def of(self, wanted: Filter) -> list[OpenField]:
        """The open fields of a part of the queue in their order."""
        return [one for one in self._fields if wanted.takes(one)]

    def hand_out(self, person: str, wanted: Filter, count: int = 1) -> list[OpenField]:
        """The next fields for a person, of which the first is theirs for a while: what they put off comes last."""
        now, later = self._clock(), self._later.get(person, {})
        free = [one for one in self._fields if wanted.takes(one) and self._is_free(one.address, person, now)]
        first = [one for one in free if one.address not in later]
        last = [one for address in later for one in free if one.address == address]
        found = [*first, *last][:count]
        for one in found[:1]:
            self.hold(one.address, person)
        return found

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

    def after(self, address: Address, wanted: Filter) -> OpenField | None:
        """The field behind this one in the queue's order."""
        fields = self.of(wanted)
        at = next((n for n, one in enumerate(fields) if one.address == address), -1)
        return fields[(at + 1) % len(fields)] if fields else None
