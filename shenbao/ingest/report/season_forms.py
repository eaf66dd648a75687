"""What the forms of a season say of each other: which are of projects, and whether they agree with their department's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from models.declaration import Declaration, ProjectDeclaration
from models.submission import ResultError, json_to_submission
from normalize.check.form_rules import check_forms

FormOfFile = tuple[str, int]
"""The content of a file (its SHA-256), and which of its forms is meant, from 1."""
_SHOWN = 3
"""A remark tells at most this many disagreements; each is in full where the forms stand in one file."""


def result_to_declarations(data: bytes) -> Iterator[tuple[FormOfFile, Declaration]]:
    """The declarations in a result; nothing where it is none."""
    try:
        submission = json_to_submission(data.decode())
    except (ResultError, UnicodeDecodeError):
        return
    for number, form in enumerate(submission.forms, 1):
        yield (submission.source.sha256, number), form.data


def project_name(declared: Mapping[FormOfFile, Declaration], key: FormOfFile) -> str | None:
    """The name of the project where the form is a project's, `None` where it is not; one without a name is told."""
    data = declared.get(key)
    return (data.project or "（未读出项目名称）") if isinstance(data, ProjectDeclaration) else None


def disagreements(declared: Mapping[FormOfFile, Declaration], keys: Iterable[FormOfFile]) -> tuple[str, ...]:
    """In what the forms of one department disagree across files; forms of one file were held together when it was read."""
    known = [key for key in dict.fromkeys(keys) if key in declared]
    if len({content for content, _ in known}) < len(("department", "project")):
        return ()
    found = check_forms([declared[key] for key in known])
    told = (
        one.message for findings in found.values() for one in findings if one.code == "projects-against-forms"
    )
    return tuple(told)[:_SHOWN]
