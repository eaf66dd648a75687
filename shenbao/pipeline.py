"""The whole way: file → pieces → rows → forms → declarations → result. No stage calls the next."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from extract.files.kinds import check
from models.document import Document, Problem, Seal
from models.finding import Finding
from models.submission import DepartmentForm, Form, Source, Status, Submission
from normalize.check.seal_owner import check_seals
from normalize.declaration import claim_layout, read_declaration
from normalize.form.layouts import claims, layouts, split_forms
from normalize.form.page_breaks import join_pages
from normalize.form.physical_rows import Row, pieces_to_rows
from shenbao.readers import Settings, read_document


def read_submission(path: Path, settings: Settings, name: str | None = None) -> Submission:
    """Read the file at `path` into a result, under `name` (the file's own name if `None`).

    Whatever is wrong with the content is a finding; raises `OSError` when the file cannot be opened.
    """
    document = open_document(path, settings)
    return document_to_submission(document, file_to_source(path, name or path.name, document))


def document_to_submission(document: Document, source: Source) -> Submission:
    """Decode a document that was read from the file `source`, now or in an earlier run."""
    findings = [_problem_to_finding(problem) for problem in document.problems]
    forms: list[Form] = []
    if document.pieces or not _stopped(document.problems):
        rows = pieces_to_rows(join_pages(document.pieces))
        for part in split_forms(rows) or ((),):
            form, found = _read_form(part, document.seals)
            forms += [form] if form else []
            findings += found
    return Submission(
        source=source, status=status(forms, findings), forms=tuple(forms), findings=tuple(findings)
    )


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


def _read_form(rows: Sequence[Row], seals: Sequence[Seal]) -> tuple[Form | None, list[Finding]]:
    """The form that `rows` hold, on whose pages there may be `seals`, or why there is none."""
    layout, findings = claim_layout(rows)
    if layout is None:
        return None, list(findings) or [_unknown(rows)]
    declared = read_declaration(rows, layout)
    form = DepartmentForm(
        layout=layout.name,
        pages=declared.pages,
        data=declared.data,
        evidence=dict(declared.notes.evidence),
        repairs=declared.notes.repairs,
        findings=(*declared.notes.findings, *check_seals(rows, seals, declared.data.department)),
    )
    return form, []


def _unknown(rows: Sequence[Row]) -> Finding:
    """Names what was looked for, and how much of the nearest layout was there."""
    looked_for = "；".join(f"{layout.name}（{'、'.join(layout.titles)}）" for layout in layouts())
    where = f"（从 {_place(rows[0])} 起）" if rows else ""
    nearest = claims(rows)[0]
    seen = (
        f"只认出 {nearest.layout.name} 的 {nearest.sections} 个部分，不足以认定。" if nearest.sections else ""
    )
    message = (
        f"未找到已知的申报表{where}，未读取。{seen}查找过的版式和表名：{looked_for}。"
        "请核对是否交错了文件，表名和各部分的标题是否完整。"
    )
    return Finding(code="form-unknown", category="reading", severity="error", path=None, message=message)


def _place(row: Row) -> str:
    place = row.slots[0].place
    return place.part or (f"第 {place.page} 页" if place.page else "开头")


def _problem_to_finding(problem: Problem) -> Finding:
    """A reader's problem as a finding about the file; its message already names the page."""
    return Finding(
        code=problem.code, category="reading", severity=problem.severity, path=None, message=problem.message
    )


def status(forms: Sequence[Form], findings: Iterable[Finding]) -> Status:
    """`rejected` without a form; `review` when reading or arithmetic left a warning or an error."""
    if not forms:
        return "rejected"
    everything = [*findings, *(finding for form in forms for finding in form.findings)]
    doubtful = any(
        finding.category in ("reading", "arithmetic") and finding.severity != "info" for finding in everything
    )
    return "review" if doubtful else "accepted"
