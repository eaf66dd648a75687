"""The text of a layout's file → its keys and values, and where a mistake in it stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

_MOST_BYTES = 200_000
"""Bytes of a layout's file, chosen: the longest that ships has nine thousand."""
_DEEPEST = 20
"""Levels of lists and maps, chosen: a layout has four, and the C loader dies of a hundred thousand."""

# the C loader reads a layout in a tenth of the time; both are safe loaders
_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_SafeLoader):  # type: ignore[misc]
    """Takes a key only once: of two, YAML silently takes the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> Any:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                message = f"“{key.value}” stands twice; keep one"
                raise yaml.constructor.ConstructorError(None, None, message, key.start_mark)
            seen.add(str(key.value))
        return super().construct_mapping(node, deep)


@dataclass(frozen=True, slots=True)
class FileFault:
    """Why a file is left out: where the mistake stands, and what would be right."""

    path: str
    line: int | None
    message: str

    def __str__(self) -> str:
        return f"{self.path}{f':{self.line}' if self.line else ''}: {self.message}"


class LayoutFileError(ValueError):
    """A layout file is wrong; `fault` says where and why."""

    def __init__(self, fault: FileFault) -> None:
        super().__init__(str(fault))
        self.fault = fault


def file_to_text(path: Path) -> str:
    """The text of a bureau's own layout; raises `LayoutFileError` for what no layout may be."""
    if path.suffix == ".yml":
        raise LayoutFileError(FileFault(str(path), None, f"rename it to {path.stem}.yaml"))
    size = path.stat().st_size
    if size > _MOST_BYTES:
        raise LayoutFileError(FileFault(str(path), None, f"{size} bytes; a layout has at most {_MOST_BYTES}"))
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"not UTF-8 (byte {error.start}); save it as UTF-8"
        raise LayoutFileError(FileFault(str(path), None, message)) from error
    _refuse_unfolding(str(path), text)
    return text


def _refuse_unfolding(path: str, text: str) -> None:
    """Raises `LayoutFileError` for what unfolds to more than stands there: an alias of an alias, a list in a list in a list …"""
    found = _yaml(path, text, lambda: _unfolding(text))
    if found is not None:
        line, what = found
        raise LayoutFileError(FileFault(path, line, f"too much for a layout: {what}"))


def _unfolding(text: str) -> tuple[int | None, str] | None:
    """The line of the first alias or list that is too deep, and what is wrong there; what stands behind it is not read."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST or isinstance(event, yaml.AliasEvent):
            what = "write it out, or use like:" if depth <= _DEEPEST else f"more than {_DEEPEST} levels"
            return event.start_mark.line + 1 if event.start_mark else None, what
    return None


def _yaml(path: str, text: str, read: Callable[[], Any]) -> Any:
    """What the library reads in a text; raises `LayoutFileError` for what is no YAML."""
    try:
        return read()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        tab = "\t" in (text.splitlines()[line - 1] if line and line <= len(text.splitlines()) else "")
        told = isinstance(error, yaml.constructor.ConstructorError)
        what = str(error.problem) if told else f"not YAML: {error.problem}"
        problem = "a tab; indent with spaces" if tab else what
        raise LayoutFileError(FileFault(path, line, problem)) from error
    except (yaml.YAMLError, ValueError, TypeError, AttributeError) as error:  # of dates and controls
        problem = f"not YAML: {' '.join(str(error).split())}"
        raise LayoutFileError(FileFault(path, None, problem)) from error


def text_to_node(path: str, text: str) -> dict[str, Any]:
    """The keys and values of a layout's text; raises `LayoutFileError` for what is no YAML or no map."""
    node = _yaml(path, text, lambda: yaml.load(text, Loader=_Loader))
    if not isinstance(node, dict):
        raise LayoutFileError(FileFault(path, 1, "a layout is a list of keys and values: name: …, form: …"))
    return node


def key_fault(path: Path | str, keys: str, message: str) -> FileFault:
    """A fault at the line where the key stands that `keys` (a.b.c) lead to, or the last of them that the file has."""
    try:
        node = yaml.compose(Path(path).read_text("utf-8-sig"))
    except (OSError, yaml.YAMLError):
        return FileFault(str(path), None, message)
    line = None
    for key in filter(None, keys.split(".")):
        pairs = node.value if isinstance(node, yaml.MappingNode) else ()
        found = next(((name, value) for name, value in pairs if name.value == key), None)
        if found is None:
            break
        line, node = found[0].start_mark.line + 1, found[1]
    return FileFault(str(path), line, message)
