"""One submission file in, one result document out: the output contract's root, and its canonical bytes."""

from __future__ import annotations

import json
from decimal import Decimal
from math import isfinite
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, ValidationError

from models.declaration import DepartmentOverall, ProjectDeclaration
from models.finding import Evidence, Finding, Noun, Repair

Status = Literal["accepted", "review", "rejected"]


class ResultError(ValueError):
    """A result document that does not keep the contract; the message names the pointer of every fault."""


class Source(Noun):
    """The file a result was made from; `pages` is `None` for a file without pages."""

    name: str
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    media_type: str
    bytes: int
    pages: int | None = None


class _Form(Noun):
    layout: str
    pages: tuple[int, ...] | None = None
    evidence: dict[str, Evidence] = Field(default_factory=dict)
    repairs: tuple[Repair, ...] = ()
    findings: tuple[Finding, ...] = ()


class DepartmentForm(_Form):
    form: Literal["department-overall"] = "department-overall"
    data: DepartmentOverall


class ProjectForm(_Form):
    form: Literal["project"] = "project"
    data: ProjectDeclaration


Form = Annotated[DepartmentForm | ProjectForm, Field(discriminator="form")]


class Submission(Noun):
    schema_version: Literal["1"] = "1"
    source: Source
    status: Status
    forms: tuple[Form, ...] = ()
    findings: tuple[Finding, ...] = ()


_KEY_ORDER = ("form", "layout", "pages", "data", "evidence", "repairs", "findings")


_text = json.JSONEncoder(ensure_ascii=False).encode


def submission_to_json(submission: Submission) -> str:
    """Canonical text: fixed key order, two-space indent, printed digits kept, a final newline."""
    root = submission.model_dump()
    root["forms"] = [{key: form[key] for key in _KEY_ORDER} for form in root["forms"]]
    return _encode(root, "\n") + "\n"


def submission_to_line(submission: Submission) -> str:
    """The same document on one line, for JSON Lines."""
    return " ".join(part.strip(" ") for part in submission_to_json(submission).rstrip("\n").split("\n"))


def json_to_submission(text: str) -> Submission:
    """Read a result back; raises `ResultError` naming the JSON Pointer of everything that breaks the contract."""
    try:
        root = json.loads(text, parse_float=Decimal, parse_constant=_refuse_constant)
        nested = _tuples(root)
    except ValueError as error:
        raise ResultError(f"not a JSON document: {error}") from error
    except RecursionError as error:
        raise ResultError("not a result document: nested too deeply") from error
    try:
        return Submission.model_validate(nested)
    except ValidationError as error:
        faults = [f"{_pointer(fault['loc'])}: {fault['msg']}" for fault in error.errors(include_url=False)]
        raise ResultError("\n".join(faults)) from error


def schema() -> dict[str, Any]:
    """The JSON Schema of a result document."""
    return TypeAdapter(Submission).json_schema(mode="serialization")


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not a JSON number")


def _tuples(node: Any) -> Any:
    if isinstance(node, list):
        return tuple(_tuples(item) for item in node)
    if isinstance(node, dict):
        return {key: _tuples(value) for key, value in node.items()}
    return node


def _pointer(location: tuple[int | str, ...]) -> str:
    # the discriminator's tag stands in pydantic's location but not in the document
    steps = [step for step in location if step not in ("department-overall", "project")]
    return "/" + "/".join(str(step).replace("~", "~0").replace("/", "~1") for step in steps)


def _encode(node: Any, end: str) -> str:
    """JSON with `Decimal` written in its printed digits, which the standard encoder cannot; `end`: line end and indent."""
    if isinstance(node, str):
        return _text(node)
    if node is None:
        return "null"
    if isinstance(node, Decimal):
        return format(node, "f")
    if type(node) is int or (isinstance(node, float) and isfinite(node)):
        return repr(node)  # as the standard encoder does, without its start-up for every number
    if not isinstance(node, (dict, list, tuple)):
        return json.dumps(node)
    inner = end + "  "
    if isinstance(node, dict):
        body = [f"{_text(key)}: {_encode(value, inner)}" for key, value in node.items()]
        opening, closing = "{", "}"
    else:
        body = [_encode(value, inner) for value in node]
        opening, closing = "[", "]"
    return opening + inner + f",{inner}".join(body) + end + closing if body else opening + closing
