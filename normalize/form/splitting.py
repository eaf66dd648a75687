"""Several forms in a file: where one ends and the next begins, so that nothing of one reaches another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from normalize.form.evidence import RowEvidence, rows_to_evidence
from normalize.form.layouts import Layout
from normalize.form.parts.reader import first_heading
from normalize.form.physical_rows import Row, RowSlot


def split_forms(rows: Sequence[Row]) -> tuple[tuple[Row, ...], ...]:
    """One run of rows per form, in the order of the file.

    A form begins at a title, at a new sheet, or at a table that names another project, if whose form it is (department,
    project) is said both before that and after it.
    """
    evidence = rows_to_evidence(rows)
    named = [n for n, one in enumerate(evidence) if _names_somebody(one)]
    starts = sorted({*_titles(evidence), *_sheets(rows), *_projects(evidence)})
    cuts: list[int] = []
    for n, start in enumerate(starts):
        end = starts[n + 1] if n + 1 < len(starts) else len(rows)
        last = cuts[-1] if cuts else 0
        if any(last <= r < start for r in named) and any(start <= r < end for r in named):
            cuts.append(start)
    bounds = [0, *cuts, len(rows)]
    return tuple(tuple(rows[a:b]) for a, b in pairwise(bounds) if a < b)


def split_matrix(rows: Sequence[Row], layout: Layout) -> tuple[tuple[Row, ...], ...]:
    """One run of rows per project where a matrix prints them all: what stands above its rows, and its own rows.

    A project's first row also gets the name of the unit that stands once for several projects.
    """
    heading = first_heading(rows, layout) if layout.repeats == "rows" or layout.by_labels else None
    if heading is None or not {"project", "level3"} <= heading.columns.keys():
        return (tuple(rows),)
    forms: list[list[Row]] = []
    owner: RowSlot | None = None
    for row in rows[heading.body : heading.end]:
        cells = heading.cells(row)
        named = cells.get("owner")
        owner = named if named is not None and named.filled else owner
        if (project := cells.get("project")) is not None and project.filled:
            slots = (owner if slot is named and owner else slot for slot in row.slots)
            forms.append([*rows[: heading.body], replace(row, slots=tuple(slots))])
        elif forms:
            forms[-1].append(row)
    return tuple(map(tuple, forms)) or (tuple(rows),)


def _names_somebody(one: RowEvidence) -> bool:
    """Whether the row has a label of a field that says whose form it is."""
    return not one.is_heading and any(one.names(hit) for hit in one.hits if hit)


def _titles(evidence: Sequence[RowEvidence]) -> Iterator[int]:
    """Rows that are a form's title."""
    for n, one in enumerate(evidence):
        if _is_title(one):
            yield n


def _sheets(rows: Sequence[Row]) -> Iterator[int]:
    """First rows of sheets."""
    sheets = [(row.slots[0].place.part or "").rpartition("!")[0] for row in rows]
    yield from (n for n, (before, after) in enumerate(pairwise(sheets), 1) if before != after)


def _projects(evidence: Sequence[RowEvidence]) -> Iterator[int]:
    """Rows that name another project, in another table or after the indicators of the one before, or their title."""
    before: tuple[str, int] | None = None
    indicators = False
    for n, one in enumerate(evidence):
        indicators = indicators or one.is_heading
        project = None if one.row.line else one.answer("project")
        if project is None:
            continue
        if before is not None and project.text != before[0] and (indicators or one.row.table != before[1]):
            first = n
            while first and evidence[first - 1].row.line and not _is_title(evidence[first]):
                first -= 1
            yield first if _is_title(evidence[first]) else n
        before, indicators = (project.text, one.row.table), False


def _is_title(one: RowEvidence) -> bool:
    return one.title is not None or any(hit and hit.label.group == "title" for hit in one.hits)
