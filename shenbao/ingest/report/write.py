"""When a new reconciliation is due, and where it goes."""

# ruff: noqa: PLC0415

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from shenbao.ingest.inbox.store import Location
from shenbao.ingest.ledger.books import FormRow, Work
from shenbao.ingest.ledger.ledger import Ledger
from shenbao.ingest.place import Output, write_whole
from shenbao.ingest.report.expected import list_to_departments

if TYPE_CHECKING:
    from shenbao.ingest.report.reconcile import Reconciliation

NAME = "reconciliation"


@dataclass(frozen=True, slots=True)
class DecidedBooks:
    """What persons decided makes of the ledger's books: finals in the place of results, and other states and totals.

    `works` and `forms` are of the contents that somebody decided about, the forms of each whole.
    """

    finals: Path
    works: Mapping[str, Work]
    forms: Sequence[FormRow]


def write_report(
    output: Output,
    ledger: Ledger,
    growing: Sequence[str],
    expect: Path | None,
    decided: DecidedBooks | None = None,
) -> Reconciliation | None:
    """Write `reconciliation.html` and `.xlsx`; `None` when those that are there still hold.

    Raises `OSError`, `ListError`, `LedgerError`.
    """
    expected = list_to_departments(expect) if expect else None
    files, works, forms = ledger.files(), ledger.works(), ledger.forms()
    results: Location = output.results
    if decided is not None:
        results, works = decided.finals, {**works, **decided.works}
        forms = [*(form for form in forms if form.sha256 not in decided.works), *decided.forms]
    books = [sorted(map(astuple, files.values())), sorted(map(astuple, works.values()), key=str)]
    stamp = hashlib.sha256(
        repr((books, list(map(astuple, forms)), list(growing), expected)).encode()
    ).hexdigest()
    places = [output.root / f"{NAME}.html", output.root / f"{NAME}.xlsx"]
    if ledger.notes().get("report") == stamp and all(place.is_file() for place in places):
        return None
    from shenbao.ingest.report.html import reconciliation_to_html
    from shenbao.ingest.report.reconcile import reconcile
    from shenbao.ingest.report.xlsx import reconciliation_to_xlsx

    found = reconcile(files.values(), works, forms, growing, results, expected)
    for place, data in zip(
        places, (reconciliation_to_html(found).encode(), reconciliation_to_xlsx(found)), strict=True
    ):
        write_whole(place, data, output.unfinished)
    if found.balances:
        ledger.note(report=stamp)
    return found
