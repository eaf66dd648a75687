"""Several forms in a file: where one ends and the next begins, so that nothing of one reaches another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from normalize.form.claiming.evidence import RowEvidence, only_of_projects
from normalize.form.claiming.halves import second_halves
from normalize.form.claiming.side_by_side import one_below_other
from normalize.form.layouts import Layout
from normalize.form.parts.columns.headings import Heading
from normalize.form.parts.reader import first_heading
from normalize.form.physical_rows import Row, RowSlot

_HEAD_ROWS = 6
"""The head of a project's form has about this many rows."""
_OF_HEAD = 2
"""At least this many labels that no form of a department prints make rows the head of a project's form."""


def split_forms(rows: Sequence[Row]) -> tuple[tuple[Row, ...], ...]:
    """One run of rows per form, in the order of the file.

    A form begins at a title, at a new sheet, or at a table that names another project, if whose form it is (department,
    project) is said after that, and before it, too, unless the first form has lost its head. So does the second half of
    a form whose first half is not there. Forms side by side on a sheet are taken one after the other.
    """
    evidence = one_below_other(rows)
    rows = [one.row for one in evidence]
    named = [n for n, one in enumerate(evidence) if _names_somebody(one)]
    held = sorted({*named, *(n for n, one in enumerate(evidence) if one.heads_indicators)})
    starts = sorted({*_titles(evidence), *_sheets(rows), *_projects(evidence)})
    cuts: list[int] = []
    for n, start in enumerate(starts):
        end = starts[n + 1] if n + 1 < len(starts) else len(rows)
        last = cuts[-1] if cuts else 0
        if any(last <= r < start for r in held) and any(start <= r < end for r in named):
            cuts.append(start)
    cuts = sorted({*cuts, *second_halves(evidence, cuts)})
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
    body = rows[heading.body : heading.end]
    for row, below in zip(body, (*body[1:], None), strict=True):
        cells = heading.cells(row)
        named = cells.get("owner")
        owner = named if named is not None and named.filled else owner
        if _is_named(cells, "project") and not _is_of_unit(cells, below, heading):
            slots = (owner if slot is named and owner else slot for slot in row.slots)
            forms.append([*rows[: heading.body], replace(row, slots=tuple(slots))])
        elif forms:
            forms[-1].append(row)
    return tuple(map(tuple, forms)) or (tuple(rows),)


def _is_named(cells: Mapping[str, RowSlot], column: str) -> bool:
    return column in cells and cells[column].filled


def _is_of_unit(cells: Mapping[str, RowSlot], below: Row | None, heading: Heading) -> bool:
    """Whether a row without an indicator, right above a project's, names the unit of the projects (单位（项目）名称)."""
    above = below is not None and _is_named(heading.cells(below), "project")
    return above and not _is_named(cells, "level3")


def _names_somebody(one: RowEvidence) -> bool:
    """Whether the row has a label of a field that says whose form it is, or heads a matrix of projects."""
    if one.is_heading:
        return one.heads("project")
    return any(one.names(hit) for hit in one.hits if hit)


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
    """Rows that name another project, in another table or after the indicators of the form before, or their title.

    After a department's form it takes more words of a project's head to be none of its rows.
    """
    before: tuple[str, int] | None = None
    indicators = False
    for n, one in enumerate(evidence):
        indicators = indicators or one.is_heading
        project = None if one.row.line else one.answer("project")
        if project is None:
            continue
        another = before is not None and project.text != before[0]
        elsewhere = indicators or (before is not None and one.row.table != before[1])
        after_department = before is None and indicators and _heads_project(evidence[n : n + _HEAD_ROWS])
        if (another and elsewhere) or after_department:
            first = n
            while first and evidence[first - 1].row.line and not _is_title(evidence[first]):
                first -= 1
            yield first if _is_title(evidence[first]) else n
        before, indicators = (project.text, one.row.table), False


def _heads_project(evidence: Sequence[RowEvidence]) -> bool:
    """Whether rows have several labels that only forms of projects print."""
    shown = {hit.label.text for one in evidence for hit in one.hits if hit and not hit.misread}
    return len(shown & only_of_projects()) >= _OF_HEAD


def _is_title(one: RowEvidence) -> bool:
    return one.title is not None or any(hit and hit.label.group == "title" for hit in one.hits)
