"""When a new reconciliation is due, and where it goes."""

# ruff: noqa: PLC0415

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING

from shenbao.ingest.ledger.ledger import Ledger
from shenbao.ingest.place import Output, write_whole
from shenbao.ingest.report.expected import list_to_departments

if TYPE_CHECKING:
    from shenbao.ingest.report.reconcile import Reconciliation

NAME = "reconciliation"


def write_report(
    output: Output, ledger: Ledger, growing: Sequence[str], expect: Path | None
) -> Reconciliation | None:
    """Write `reconciliation.html` and `.xlsx`; `None` when those that are there still hold.

    Raises `OSError`, `ListError`, `LedgerError`.
    """
    expected = list_to_departments(expect) if expect else None
    files, works, forms = ledger.files(), ledger.works(), ledger.forms()
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

    found = reconcile(files.values(), works, forms, growing, output.results, expected)
    for place, data in zip(
        places, (reconciliation_to_html(found).encode(), reconciliation_to_xlsx(found)), strict=True
    ):
        write_whole(place, data, output.unfinished)
    if found.balances:
        ledger.note(report=stamp)
    return found
