"""Where layouts and catalogues lie: those that ship, and a bureau's own; each file is checked as it is read.

A bureau's own files stand in `layouts/*.yaml` and `catalogues/*.csv` of a folder that `SHENBAO_DATA` names, or of
`~/.config/shenbao`. A file of theirs that is wrong is left out, and a `FileFault` says why in one line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal, Union

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from normalize.form.layout_text import FileFault, LayoutFileError, file_to_text, key_fault, text_to_node
from normalize.text.own_data import data_folders

LAYOUT_NAME = "[a-z0-9][a-z0-9-]*"
"""What a layout may be called, as a pattern."""

_NEARLY = 0.8
"""Names of columns as alike as this (difflib's ratio) are one misspelt, chosen: levle3 and level3 have 0.83, goal and total 0.44."""
_Texts = Annotated[list[str], Field(min_length=1)]
FieldName = Literal[
    "filled_on", "money_unit", "department", "unit", "project", "project_code", "preparer", "phone",
    "category", "period", "start", "end", "other",
]  # fmt: skip
"""What a field of a form is called in a result; `other` is kept under its printed label."""
SectionName = Literal[
    "budget", "functions", "annual_tasks", "projects", "tasks", "summary", "long_goals", "annual_goals",
    "indicators", "rationale", "content", "sources", "remarks", "other",
]  # fmt: skip
"""What a section of a form is called; `other` is kept under its printed label."""
TableName = Literal[
    "budget", "projects", "tasks", "sources", "details", "goals", "indicators", "long_term", "annual"
]
"""The tables that a form may print; `long_term` and `annual` hold the columns that only those indicators have."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class MoneySide(_Strict):
    """Income or expenditure: what is printed beside its rows, and its items, the sum last where there is one."""

    label: str | None = None
    items: _Texts


class MoneyFile(_Strict):
    """The words beside amounts: both sides, the whole, this year's part of it, and where it comes from.

    `projects` are the lines of expenditure that the projects make up.
    """

    income: MoneySide | None = None
    expenditure: MoneySide | None = None
    total: _Texts | None = None
    annual: _Texts | None = None
    sources: _Texts | None = None
    projects: _Texts | None = None


class LayoutFile(_Strict):
    """One layout as its YAML file says it; `docs/layouts.md` explains every key."""

    name: Annotated[str, Field(pattern=f"^{LAYOUT_NAME}$")]
    form: Literal["department-overall", "project", "other"]
    about: str = ""
    like: str | None = None
    catalogue: str | None = None
    titles: _Texts | None = None
    titled: _Texts | None = None
    not_titled: list[str] = []
    needs: list[Union[str, list[str]]] = []  # noqa: UP007
    never: list[str] = []
    fields: dict[FieldName, _Texts] = {}
    sections: dict[SectionName, Union[_Texts, dict[Literal["long_term", "annual"], _Texts]]] = {}  # noqa: UP007
    tables: dict[TableName, dict[str, _Texts]] = {}
    money: MoneyFile | None = None
    words: dict[str, _Texts] = {}
    levels: list[str] = []
    absent: list[str] = []
    repeats: Literal["title", "project", "rows"] = "title"


def read_layout_files(folders: Sequence[Path]) -> tuple[dict[str, LayoutFile], tuple[FileFault, ...]]:
    """All layouts by name, those that ship first, and what is wrong with files of `folders`.

    Raises `LayoutFileError` for a file that ships.
    """
    found: dict[str, LayoutFile] = {}
    faults: list[FileFault] = []
    written = dict(_shipped())
    for name in written:
        found[name] = _to_layout(name, name, written)
    own: dict[str, Path] = {}
    for path in (path for folder in folders for path in _own_files(folder, "layouts")):
        try:
            node = text_to_node(str(path), file_to_text(path))
            name = str(node.get("name"))
            if name in written:
                raise LayoutFileError(
                    key_fault(path, "name", f"layout “{name}” exists already; choose another name")
                )
            written[name], own[name] = (str(path), node), path
        except LayoutFileError as error:
            faults.append(error.fault)
    for name, path in own.items():  # one may be like another, whichever file's name comes first
        try:
            found[name] = _to_layout(name, str(path), written)
        except LayoutFileError as error:
            faults.append(error.fault)
    return found, tuple(faults)


def read_layout_file(path: Path) -> LayoutFile:
    """The one layout in a file of a bureau, which may be `like` a shipped one; raises `LayoutFileError`."""
    node = text_to_node(str(path), file_to_text(path))
    written = {**_shipped(), str(node.get("name")): (str(path), node)}
    return _to_layout(str(node.get("name")), str(path), written)


def read_catalogue_text(name: str, folders: Sequence[Path]) -> str:
    """The text of the catalogue `name`, a bureau's own in `folders` first; raises `FileNotFoundError`."""
    for folder in reversed(folders):
        path = folder / "catalogues" / f"{name}.csv"
        if path.is_file():
            return path.read_text("utf-8-sig")
    return files("normalize").joinpath("data", "catalogues", f"{name}.csv").read_text("utf-8")


def is_catalogue(name: str) -> bool:
    """Whether there is a catalogue of this name."""
    try:
        read_catalogue_text(name, data_folders())
    except FileNotFoundError:
        return False
    return True


def ships(name: str) -> bool:
    """Whether the layout `name` ships with the program; any other one is a bureau's own."""
    return name in _shipped()


@cache
def _shipped() -> dict[str, tuple[str, dict[str, Any]]]:
    folder = files("normalize").joinpath("data", "layouts")
    nodes = (text_to_node(f.name, f.read_text("utf-8")) for f in folder.iterdir() if f.name.endswith(".yaml"))
    named = {str(node.get("name")): (f"{node.get('name')}.yaml", node) for node in nodes}
    return dict(sorted(named.items()))


def _own_files(folder: Path, kind: str) -> Iterator[Path]:
    """Files by name; one with the other usual ending is a mistake that is told, not passed over."""
    if (folder / kind).is_dir():
        yield from sorted(path for path in (folder / kind).iterdir() if path.suffix in (".yaml", ".yml"))


def _to_layout(name: str, path: str, written: Mapping[str, tuple[str, dict[str, Any]]]) -> LayoutFile:
    """The layout with what it takes over from the one that it is like."""
    node = _merged(name, path, written, ())
    try:
        layout = LayoutFile.model_validate(node)
    except ValidationError as error:
        raise LayoutFileError(_invalid(path, error)) from error
    if layout.catalogue is not None and not is_catalogue(layout.catalogue):
        message = f"there is no catalogue “{layout.catalogue}”: catalogues/{layout.catalogue}.csv is missing"
        raise LayoutFileError(key_fault(path, "catalogue", message))
    if layout.titles is None and layout.titled is None:
        raise LayoutFileError(
            FileFault(path, None, "titles: is missing: the names that the form prints above its table")
        )
    if name not in _shipped():
        _refuse_misspelt(path, layout)
    return layout


def _refuse_misspelt(path: str, layout: LayoutFile) -> None:
    """Raises `LayoutFileError` for a column that is nearly one of ours, which would be kept under its heading and not read.

    One more of a kind (level4) is no misspelt one.
    """
    tables = [node.get("tables") or {} for _, node in _shipped().values()]
    ours = sorted({column for one in tables for columns in one.values() for column in columns})
    for table, columns in layout.tables.items():
        for column in (column for column in columns if column not in ours):
            near = get_close_matches(column, ours, n=1, cutoff=_NEARLY)
            if near and near[0].rstrip("0123456789") != column.rstrip("0123456789"):
                message = f"“{column}” is nearly “{near[0]}”: write that, or choose another name for a column of your own"
                raise LayoutFileError(key_fault(path, f"tables.{table}.{column}", message))


def _merged(
    name: str, path: str, written: Mapping[str, tuple[str, dict[str, Any]]], above: tuple[str, ...]
) -> dict[str, Any]:
    node = written[name][1]
    like = node.get("like")
    if like is None:
        return node
    if not isinstance(like, str) or like not in written or like in (name, *above):
        known = "、".join(other for other in written if other != name)
        raise LayoutFileError(
            key_fault(path, "like", f"there is no layout “{like}” to be like; there are {known}")
        )
    return _over(_merged(like, path, written, (*above, name)), node)


def _over(base: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    """`node` laid over `base`: maps key by key, everything else as a whole; `null` takes a key away."""
    merged = {**base, **node}
    for key, value in node.items():
        if isinstance(value, dict) and isinstance(base.get(key), dict):
            merged[key] = _over(base[key], value)
        elif value is None and key != "catalogue":
            del merged[key]
    return merged


def _invalid(path: str, error: ValidationError) -> FileFault:
    """The first mistake that pydantic found, in words."""
    first = error.errors()[0]
    steps = [str(step) for step in first["loc"] if "list[" not in str(step) and "dict[" not in str(step)]
    steps = [step for step in steps if step not in ("[key]", "str")]
    where = ".".join(steps)
    message = {
        "extra_forbidden": f"“{where}” is no key of a layout",
        "missing": f"“{where}” is missing",
        "list_type": f"“{where}” wants a list: [one, two]",
        "string_type": f"“{where}” wants a text",
        "too_short": f"“{where}” is an empty list; write at least one text, or leave the key out",
        "literal_error": f"“{where}” is not known; there are {first.get('ctx', {}).get('expected', '')}",
    }.get(first["type"], f"“{where}”: {first['msg']}")
    return key_fault(path, where, message)
