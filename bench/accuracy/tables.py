"""Measurements → tables of outcomes: by kind of file, damage, layout and section."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain

from bench.accuracy.measure import Measured, of_half
from bench.accuracy.plan import HALVES, Case
from bench.fields import Field
from bench.report.shown import Shown, percent
from bench.tally import Tally, by, total

OUTCOMES = ("fields", "exact", "wrong", "missed", "invented", "silent", "right but flagged", "harm")
HALF_NAMES = {"dev": "development half", "test": "test half"}
KIND_NAMES = {
    "text": "OCR text",
    "file": "Word, Excel, HTML",
    "pdf": "PDF with text",
    "scan": "scans",
}


def outcome_cells(sums: Tally) -> tuple[str, ...]:
    return (
        f"{sums.fields:,}",
        percent(sums.exact, sums.fields, 3),
        str(sums.wrong),
        str(sums.missed),
        str(sums.invented),
        f"{sums.silent} ({percent(sums.silent, sums.fields, 3)})",
        percent(sums.flagged_right, sums.fields),
        str(sums.harmed),
    )


def all_fields(measured: Iterable[Measured]) -> list[Field]:
    return list(chain.from_iterable(one.fields for one in measured))


def groups(measured: Sequence[Measured], key: Callable[[Case], str]) -> dict[str, list[Measured]]:
    """By what `key` says of the case, in the order of the plan; the empty name is left out."""
    found: dict[str, list[Measured]] = {}
    for one in measured:
        if name := key(one.case):
            found.setdefault(name, []).append(one)
    return found


def grouped(title: str, note: str, first: str, found: dict[str, list[Measured]]) -> Shown:
    """Outcomes of each group, with what the two readers that do no thinking get exact."""
    rows = []
    for name, group in found.items():
        sums = total(all_fields(group))
        null = sum((one.null for one in group), Tally())
        copied = sum((one.copied for one in group), Tally())
        thoughtless = (
            percent(null.exact, null.fields),
            percent(copied.exact, copied.fields),
            percent(copied.silent, copied.fields),
        )
        unread = sum(one.status not in ("accepted", "review") for one in group)
        rows.append((name, str(len(group)), str(unread), *outcome_cells(sums), *thoughtless))
    columns = (
        first,
        "forms",
        "not read",
        *OUTCOMES,
        "null reader: exact",
        "copy as is: exact",
        "copy as is: silent",
    )
    return Shown(title, note, columns, tuple(rows))


def format_name(case: Case) -> str:
    """`docx`, `ocr: worse`, `scan`."""
    return f"{case.format}: {case.damage}" if case.format == "ocr" else case.format


def kinds_tables(measured: Sequence[Measured]) -> list[Shown]:
    note = (
        "chrome and writer are PDF files by two layout engines; scan is every damage together. "
        "Percentages are of the truth's fields; counts are fields."
    )
    return [
        grouped(
            f"By kind of file, {HALF_NAMES[half]}", note, "kind", groups(of_half(measured, half), format_name)
        )
        for half in reversed(HALVES)
    ]


def damage_tables(measured: Sequence[Measured]) -> list[Shown]:
    def damage(case: Case) -> str:
        return case.damage if case.kind == "scan" else ""

    note = "CPU seconds a page of extraction: {seconds}."
    shown = []
    for half in reversed(HALVES):
        found = groups(of_half(measured, half), damage)
        spent = [one for group in found.values() for one in group]
        pages = sum(one.pages for one in spent) or 1
        seconds = f"{sum(one.seconds for one in spent) / pages:.1f}"
        title = f"Scans by damage, {HALF_NAMES[half]}"
        if found:
            shown.append(grouped(title, note.format(seconds=seconds), "damage", found))
    return shown


def crossed(title: str, note: str, first: str, tallies: dict[str, dict[str, Tally]]) -> Shown:
    """Exact shares and silent counts: a row for each name, a pair of columns for each kind of input."""
    kinds = [kind for kind in KIND_NAMES if any(kind in row for row in tallies.values())]
    columns = (first, *chain.from_iterable((f"{KIND_NAMES[k]}: exact", "silent") for k in kinds))
    rows = tuple(
        (name, *chain.from_iterable(_pair(row.get(kind, Tally())) for kind in kinds))
        for name, row in tallies.items()
    )
    return Shown(title, note, columns, rows)


def _pair(sums: Tally) -> tuple[str, str]:
    return percent(sums.exact, sums.fields, 3), str(sums.silent) if sums.fields else "–"


def layout_table(measured: Sequence[Measured]) -> Shown:
    found = groups(of_half(measured, "test"), lambda case: case.layout)
    tallies = {
        layout: {kind: total(all_fields(some)) for kind, some in groups(group, lambda c: c.kind).items()}
        for layout, group in found.items()
    }
    return crossed("By layout, test half", "", "layout", tallies)


def section_table(measured: Sequence[Measured]) -> Shown:
    tallies: dict[str, dict[str, Tally]] = {}
    for kind, group in groups(of_half(measured, "test"), lambda case: case.kind).items():
        for section, sums in by(lambda field: field.section, all_fields(group)).items():
            tallies.setdefault(section, {})[kind] = sums
    return crossed("By section, test half", "", "section", tallies)


def repairs_table(measured: Sequence[Measured]) -> Shown:
    """How many repaired values are right, and how many right readings were spoiled."""
    rows = []
    for half in reversed(HALVES):
        for kind, group in groups(of_half(measured, half), lambda case: case.kind).items():
            sums = total(all_fields(group))
            rows.append(
                (
                    f"{KIND_NAMES[kind]}, {half}",
                    str(sums.repaired),
                    percent(sums.repaired_right, sums.repaired),
                    str(sums.harmed),
                    percent(sums.harmed, sums.fields, 4),
                )
            )
    note = "Precision: repaired fields that are exact. Harm: a repair made a wrong value of a right reading."
    columns = ("input", "repaired fields", "precision", "harm", "harm rate of all fields")
    return Shown("Repairs", note, columns, tuple(rows))
