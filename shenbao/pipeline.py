"""The whole way: file → pieces → rows → forms → declarations → result. No stage calls the next."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from extract.files.kinds import identify
from extract.files.opening import check
from models.declaration import ProjectDeclaration
from models.document import Document, Problem, Seal
from models.finding import Evidence, Finding
from models.grid import Place
from models.submission import DepartmentForm, Form, MadeBy, ProjectForm, Source, Status, Submission
from normalize.check.form_rules import check_forms
from normalize.check.seal_owner import check_seals
from normalize.declaration import Declared, read_declaration
from normalize.form.claiming.claims import claim_layout, unknown_form
from normalize.form.claiming.splitting import split_forms, split_matrix
from normalize.form.layouts import BY_LABELS, Layout
from normalize.form.page_breaks import join_pages
from normalize.form.physical_rows import Row, pieces_to_rows
from normalize.notes.notes import finding
from normalize.project_declaration import DeclaredProject, read_project_declaration
from shenbao.readers import Settings, read_document
from shenbao.rivals import MOST_RIVALS, is_clearly_better, taken_problem, with_rival
from shenbao.version import program_version

_ROW_PARTS = 4
"""A row's pointer (`/annual/indicators/11`) has this many parts, the empty one before the first stroke included."""
_LEAVES_BLANK = frozenset(("page-hidden-text", "text-overprinted"))
"""What a reader says of cells that may look blank although something stands in them."""
_ONE_ROW_HEIGHTS = 3.0
"""A cell that is higher than this many times a value's text reaches over several rows."""


def read_submission(path: Path, settings: Settings, name: str | None = None) -> Submission:
    """Read the file at `path` into a result, under `name` (the file's own name if `None`).

    Whatever is wrong with the content is a finding; raises `OSError` when the file cannot be opened.
    """
    document = open_document(path, settings)
    return document_to_submission(document, file_to_source(path, name or path.name, document))


def document_to_submission(document: Document, source: Source) -> Submission:
    """Decode a document that was read from the file `source`, now or in an earlier run.

    Where a page was read in two ways, the one is taken that leaves clearly less to doubt; if none does, ours.
    """
    submission = _decode(document, source)
    told = {problem.code for problem in document.problems}
    for rival in document.rivals[:MOST_RIVALS]:
        other = replace(
            document,
            pieces=with_rival(document.pieces, rival),
            problems=(*document.problems, taken_problem(rival)),
        )
        decoded = _decode(other, source)
        if is_clearly_better(decoded, submission, told):
            document, submission = other, decoded
    return submission


def _decode(document: Document, source: Source) -> Submission:
    """The forms that the pieces of a document hold."""
    findings = [_problem_to_finding(problem) for problem in document.problems]
    forms: list[Form] = []
    if document.pieces or not _stopped(document.problems):
        rows = pieces_to_rows(join_pages(document.pieces))
        for part in split_forms(rows) or ((),):
            read, found = _read_forms(part, document.seals, document.problems)
            forms += read
            findings += found
    forms = cross_checked(forms)
    return Submission(
        made_by=MadeBy(shenbao=program_version(), recogniser=document.recogniser),
        source=source,
        status=submission_status(forms, findings),
        forms=tuple(forms),
        findings=tuple(findings),
    )


def refuse_submission(path: Path, name: str, problem: Problem) -> Submission:
    """The result of a file that could not be read to its end, for a reason that no reader gave. Raises `OSError`."""
    document = Document((), identify(path).media_type, problems=(problem,))
    return document_to_submission(document, file_to_source(path, name, document))


def read_bytes(data: bytes, name: str, settings: Settings) -> Submission:
    """Read a submission that is not a file (standard input, an upload)."""
    with TemporaryDirectory(prefix="shenbao-") as folder:
        path = Path(folder, "submission")
        path.write_bytes(data)
        return read_submission(path, settings, name)


def open_document(path: Path, settings: Settings) -> Document:
    """The document at `path`, without pieces when it may not be opened."""
    kind, problems = check(path, settings.limits)
    if _stopped(problems):
        return Document((), kind.media_type, problems=problems)
    return read_document(path, kind, settings)


def _stopped(problems: Iterable[Problem]) -> bool:
    return any(problem.severity == "error" for problem in problems)


def file_to_source(path: Path, name: str, document: Document) -> Source:
    """What the file at `path` is, named `name`."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        size = file.tell()
    # a name that is not UTF-8 cannot stand in a JSON document
    readable = os.fsencode(name).decode("utf-8", "replace")
    return Source(
        name=readable, sha256=digest, media_type=document.media_type, bytes=size, pages=document.pages
    )


def _read_forms(
    rows: Sequence[Row], seals: Sequence[Seal], problems: Sequence[Problem]
) -> tuple[list[Form], list[Finding]]:
    """The form that `rows` hold (several where a matrix prints many projects), or why there is none.

    `seals` and `problems` are those of the document, wherever they stand.
    """
    layout, findings = claim_layout(rows)
    if layout is None:
        return [], list(findings) or [unknown_form(rows)]
    if layout.form == "project":
        projects = [(part, read_project_declaration(part, layout)) for part in split_matrix(rows, layout)]
        return [_to_form(part, declared, seals, problems) for part, declared in projects], []
    return [_to_form(rows, read_declaration(rows, layout), seals, problems)], []


def _to_form(
    rows: Sequence[Row],
    declared: Declared | DeclaredProject,
    seals: Sequence[Seal],
    problems: Sequence[Problem],
) -> Form:
    """What was declared, with what the document says of its values and its seals of whose form it is."""
    data, notes = declared.data, declared.notes
    owner = data.unit or data.department if isinstance(data, ProjectDeclaration) else data.department
    around: dict[str, Any] = {
        "layout": _layout_name(declared.layout),
        "catalogue": declared.layout.catalogue,
        "pages": declared.pages,
        "evidence": dict(notes.evidence),
        "repairs": notes.repairs,
        "findings": (
            *notes.findings,
            *touched_values(problems, notes.evidence),
            *check_seals(rows, seals, owner),
        ),
        "checks": declared.checks,
    }
    if isinstance(data, ProjectDeclaration):
        return ProjectForm(data=data, **around)
    return DepartmentForm(data=data, **around)


def _layout_name(layout: Layout) -> str:
    """What a result calls the layout; forms that none describes were read by their labels."""
    return BY_LABELS if layout.by_labels else layout.name


def cross_checked(forms: list[Form]) -> list[Form]:
    """The forms of a file, with what is to be said where they contradict each other."""
    found = check_forms([form.data for form in forms])
    return [
        form.model_copy(update={"findings": (*form.findings, *found[n])}) if n in found else form
        for n, form in enumerate(forms)
    ]


def touched_values(problems: Iterable[Problem], evidence: Mapping[str, Evidence]) -> Iterator[Finding]:
    """A finding for every value that was read where a reader's problem says that something is not sure.

    Where several values of one row are touched, the row is named: what was not read there is not sure either. So is the
    row of a cell that is blank because nobody sees what stands in it.
    """
    for problem in problems:
        rows: dict[str, list[str]] = {}
        touched: set[Place] = set()
        for path, seen in evidence.items():
            here = [place for place in problem.places if _touches(place, seen)]
            touched.update(here)
            if here:
                rows.setdefault(_row_of(path), []).append(path)
        if problem.code in _LEAVES_BLANK:
            for path, seen in evidence.items():
                beside = (_beside(place, seen) for place in problem.places if place not in touched)
                if path.count("/") >= _ROW_PARTS - 1 and any(beside):
                    rows.setdefault(_row_of(path), []).extend((path, path))
        for row, paths in rows.items():
            for path in [row] if len(paths) > 1 else paths:
                yield finding(problem.code, "reading", problem.severity, path, problem.message)


def _row_of(path: str) -> str:
    return "/".join(path.split("/")[:_ROW_PARTS])


def _beside(place: Place, seen: Evidence) -> bool:
    """Whether a place stands on the line of a value of a table's row: a blank cell's own value was not read anywhere."""
    if place.page is None or place.page != seen.page or place.box is None or seen.bbox is None:
        return False
    _, top, _, bottom = seen.bbox
    shared = min(bottom, place.box.bottom) - max(top, place.box.top)
    return 2 * shared > bottom - top and place.box.height <= _ONE_ROW_HEIGHTS * (bottom - top)


def _touches(place: Place, seen: Evidence) -> bool:
    if place.part is not None and place.part in (seen.part or "").split("; "):
        return True
    if place.page is None or place.page != seen.page or place.box is None or seen.bbox is None:
        return False
    left, top, right, bottom = seen.bbox
    box = place.box
    wide, high = min(right, box.x1) - max(left, box.x0), min(bottom, box.bottom) - max(top, box.top)
    return wide > 1.0 and high > 1.0


def _problem_to_finding(problem: Problem) -> Finding:
    """A reader's problem as a finding about the file; its message already names the page."""
    return Finding(
        code=problem.code, category="reading", severity=problem.severity, path=None, message=problem.message
    )


def submission_status(forms: Sequence[Form], findings: Iterable[Finding]) -> Status:
    """`rejected` without a form; `review` when reading or arithmetic left a warning or an error."""
    if not forms:
        return "rejected"
    everything = [*findings, *(finding for form in forms for finding in form.findings)]
    doubtful = any(
        finding.category in ("reading", "arithmetic") and finding.severity != "info" for finding in everything
    )
    return "review" if doubtful else "accepted"
