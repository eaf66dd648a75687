"""One submission file in, one result document out: the output contract's root, and its canonical bytes.

Rule of versions: within a version only optional keys are added, and a reader passes over keys that it does not know.
A result of an earlier version is read as one of this version that does not know what only this version says.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import repeat
from json.encoder import encode_basestring
from math import isfinite
from typing import Annotated, Any, Final, Literal

from pydantic import Field, TypeAdapter, ValidationError

from models.codes import CODES
from models.declaration import DepartmentOverall, ProjectDeclaration
from models.finding import READER_PATTERN, UNKNOWN_READER, Evidence, Finding, Noun, Repair

Status = Literal["accepted", "review", "rejected"]
CheckOutcome = Literal["passed", "failed", "not-applicable", "no-data"]
_VERSION: Final = "2"


class ResultError(ValueError):
    """A result document that does not keep the contract; the message names the pointer of every fault."""


class Source(Noun):
    """The file a result was made from; `pages` is `None` for a file without pages."""

    name: str
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    media_type: str
    bytes: int
    pages: int | None = None


class MadeBy(Noun):
    """What made a result: the program's version, and the recogniser that read its pictures, `None` where none did."""

    shenbao: str
    recogniser: str | None = None


class CheckResult(Noun):
    """What became of one rule of `docs/rules.md`: how many things it looked at, and how many of them failed.

    `no-data`: what it would have looked at is blank or was not read; `not-applicable`: the form has nothing of the kind.
    """

    code: str
    outcome: CheckOutcome
    on: Annotated[int, Field(ge=0)]
    failed: Annotated[int, Field(ge=0)]


class _Form(Noun):
    layout: str
    catalogue: str | None = None
    pages: tuple[int, ...] | None = None
    evidence: dict[str, Evidence] = Field(default_factory=dict)
    repairs: tuple[Repair, ...] = ()
    findings: tuple[Finding, ...] = ()
    checks: tuple[CheckResult, ...] = ()


class DepartmentForm(_Form):
    """A department's form that was read."""

    form: Literal["department-overall"] = "department-overall"
    data: DepartmentOverall


class ProjectForm(_Form):
    """A project's form that was read."""

    form: Literal["project"] = "project"
    data: ProjectDeclaration


Form = Annotated[DepartmentForm | ProjectForm, Field(discriminator="form")]


class Submission(Noun):
    """A result. `made_by` is `None` in one that an earlier version wrote, which did not say."""

    schema_version: Literal["2"] = _VERSION
    made_by: MadeBy | None = None
    source: Source
    status: Status
    forms: tuple[Form, ...] = ()
    findings: tuple[Finding, ...] = ()


_KEY_ORDER = (
    *("form", "layout", "catalogue", "pages"),
    *("data", "evidence", "repairs", "findings", "checks"),
)


def submission_to_json(submission: Submission) -> str:
    """Canonical text: fixed key order, two-space indent, printed digits kept, a final newline."""
    root = submission.model_dump()
    root["forms"] = [{key: form[key] for key in _KEY_ORDER} for form in root["forms"]]
    pieces: list[str] = []
    _write(root, "\n", pieces)
    return "".join(pieces) + "\n"


def submission_to_line(submission: Submission) -> str:
    """The same document on one line, for JSON Lines."""
    return " ".join(part.strip(" ") for part in submission_to_json(submission).rstrip("\n").split("\n"))


def json_to_submission(text: str, *, strict: bool = False) -> Submission:
    """Read a result back, also one of version 1.

    Keys, finding codes and readers that this program does not know are taken as they are; with `strict` they are
    faults. Raises `ResultError` naming the JSON Pointer of everything that breaks the contract.
    """
    try:
        root = json.loads(text, parse_float=Decimal, parse_constant=_refuse_constant)
        nested = _tuples(_to_current(root))
    except ValueError as error:
        raise ResultError(f"not a JSON document: {error}") from error
    except RecursionError as error:
        raise ResultError("not a result document: nested too deeply") from error
    try:
        submission = Submission.model_validate(nested, extra="forbid" if strict else "ignore")
    except ValidationError as error:
        faults = [f"{_pointer(fault['loc'])}: {fault['msg']}" for fault in error.errors(include_url=False)]
        raise ResultError("\n".join(faults)) from error
    if strict and (unlisted := list(_unlisted(submission))):
        raise ResultError("\n".join(unlisted))
    return submission


def result_schema() -> dict[str, Any]:
    """The JSON Schema of a result document; keys that it does not name may come within the version."""
    schema = _opened(TypeAdapter(Submission).json_schema(mode="serialization"))
    schema["$defs"]["Finding"]["properties"]["code"]["enum"] = list(CODES)
    schema["$defs"]["Evidence"]["properties"]["reader"]["pattern"] = READER_PATTERN
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def schema_to_json() -> str:
    """The text of the schema file `docs/schema.json`."""
    return json.dumps(result_schema(), ensure_ascii=False, indent=2) + "\n"


def _opened(node: Any) -> Any:
    """A schema that does not refuse keys of later programs."""
    if isinstance(node, dict):
        return {key: _opened(value) for key, value in node.items() if key != "additionalProperties" or value}
    return [_opened(item) for item in node] if isinstance(node, list) else node


def _to_current(root: Any) -> Any:
    """A result of version 1 with what version 2 calls things; whatever else it is, unchanged.

    Version 1 did not say who read a value: its `reader` told whose word the value is.
    """
    if not isinstance(root, dict) or root.get("schema_version") != "1":
        return root
    for seen in (seen for form in _listed(root, "forms") for seen in _listed(form, "evidence")):
        if isinstance(seen, dict):
            seen["origin"], seen["reader"] = seen.get("reader"), UNKNOWN_READER
    return {**root, "schema_version": _VERSION}


def _listed(node: Any, key: str) -> Iterator[Any]:
    """What `node` holds under `key`, as far as the two have the shape that they should have."""
    held = node.get(key) if isinstance(node, dict) else None
    yield from held.values() if isinstance(held, dict) else held if isinstance(held, list) else ()


def _unlisted(submission: Submission) -> Iterator[str]:
    """A fault for every finding code and every reader that is not in its closed list."""
    found = [("/findings", submission.findings)]
    found += [(f"/forms/{n}/findings", form.findings) for n, form in enumerate(submission.forms)]
    for place, findings in found:
        for n, finding in enumerate(findings):
            if finding.code not in CODES:
                yield f"{place}/{n}/code: {finding.code!r} is no finding code of this version"
    for n, form in enumerate(submission.forms):
        for path, seen in form.evidence.items():
            if re.fullmatch(READER_PATTERN, seen.reader) is None:
                yield f"{_pointer(('forms', n, 'evidence', path, 'reader'))}: {seen.reader!r} is no reader of this version"


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not a JSON number")


def _tuples(node: Any) -> Any:
    # what has no parts is most of a result: no call for it halves the time
    if isinstance(node, list):
        return tuple([_tuples(item) if isinstance(item, (list, dict)) else item for item in node])
    if isinstance(node, dict):
        return {
            key: _tuples(value) if isinstance(value, (list, dict)) else value for key, value in node.items()
        }
    return node


def _pointer(location: tuple[int | str, ...]) -> str:
    # the discriminator's tag stands in pydantic's location but not in the document
    steps = [step for step in location if step not in ("department-overall", "project")]
    return "/" + "/".join(str(step).replace("~", "~0").replace("/", "~1") for step in steps)


def _encode(node: Any) -> str:
    """JSON of a value without parts; `Decimal` is written in its printed digits, which the standard encoder cannot."""
    if isinstance(node, str):
        return encode_basestring(node)
    if node is None:
        return "null"
    if isinstance(node, Decimal):
        return format(node, "f")
    if type(node) is int or (isinstance(node, float) and isfinite(node)):
        return repr(node)  # as the standard encoder does, without its start-up for every number
    return json.dumps(node)


def _write(node: Any, end: str, pieces: list[str]) -> None:
    """The JSON of a value, piece by piece: put together once, not at every level. `end`: line end and indent."""
    if not isinstance(node, (dict, list, tuple)):
        pieces.append(_encode(node))
        return
    opening, closing = "{}" if isinstance(node, dict) else "[]"
    if not node:
        pieces.append(opening + closing)
        return
    inner = end + "  "
    lead = opening + inner
    for key, value in node.items() if isinstance(node, dict) else zip(repeat(None), node):
        name = lead if key is None else f"{lead}{encode_basestring(key)}: "
        if type(value) is str:  # most values are
            pieces.append(name + encode_basestring(value))
        elif isinstance(value, (dict, list, tuple)):
            pieces.append(name)
            _write(value, inner, pieces)
        else:
            pieces.append(name + _encode(value))
        lead = "," + inner
    pieces.append(end + closing)
