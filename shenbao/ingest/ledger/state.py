"""What the ledger says of every file in the inbox, and of all of them together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from shenbao.exits import NO_INPUT
from shenbao.ingest.ledger.books import File, Work
from shenbao.ingest.ledger.ledger import Ledger


def exit_code(
    ledger: Ledger, growing: Sequence[str], decided: Mapping[str, Work] = MappingProxyType({})
) -> int:
    """What the state of the whole inbox says: the gravest of its files; `decided` is what persons made of contents."""
    files, works = ledger.files().values(), {**ledger.works(), **decided}
    codes = [works[file.sha256].code if file.sha256 in works else NO_INPUT for file in files]
    return max([*codes, NO_INPUT if growing else 0])


def counts(ledger: Ledger, decided: Mapping[str, Work] = MappingProxyType({})) -> Counter[str]:
    """How many files are in each state, `duplicate` included; `decided` is what persons made of contents."""
    works = {**ledger.works(), **decided}
    return Counter(file_state(file, works)[0] for file in ledger.files().values())


def file_state(file: File, works: Mapping[str, Work]) -> tuple[str, str]:
    """A file's state and the reason or, for a duplicate, the name that counts."""
    if file.sha256 is None:
        return "failed", file.reason
    known = works.get(file.sha256)
    if known is None:
        return "found", ""
    if known.name not in (None, file.name):
        return "duplicate", known.name or ""
    return known.state, known.reason
