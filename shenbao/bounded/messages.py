"""What a process answers, as JSON: values, and nouns of ours field by field.

A process that opened a stranger's file may have been taken over by it. A pickle from there would run whatever it likes
in the process that keeps the ledger; these bytes can only become the values that the function declares.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from decimal import Decimal, InvalidOperation
from functools import cache, partial
from numbers import Integral, Real
from pathlib import Path
from types import NoneType, SimpleNamespace, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

_TAG = "@"
_TASK = "task"
_TEXTS: dict[str, Callable[[str], object]] = {"Decimal": Decimal, "Path": Path, "bytes": b64decode}
_PLAIN = (str, int, float, bool, NoneType)


class MessageError(ValueError):
    """Bytes that are no answer of the function that was called."""


def answer_to_bytes(answer: object, task: object = None) -> bytes:
    """The answer as JSON; where the task itself stands in it, only that it does. Raises `TypeError` for what has no place."""

    def plain(value: Any) -> Any:
        if value is task:
            return {_TAG: _TASK}
        if isinstance(value, bytes):
            return {_TAG: "bytes", "of": b64encode(value).decode()}
        if isinstance(value, Decimal | Path):
            return {_TAG: "Decimal" if isinstance(value, Decimal) else "Path", "of": str(value)}
        if isinstance(value, Real):  # numbers that a reader left in numpy's types
            return int(value) if isinstance(value, Integral) else float(value)
        kind = type(value)
        if not is_dataclass(kind):
            raise TypeError(f"{kind} has no place in an answer")
        content = [getattr(value, field.name) for field in fields(kind)]
        return {_TAG: _name(kind), "of": content}

    text = json.dumps(answer, ensure_ascii=False, separators=(",", ":"), default=plain)
    return text.encode("utf-8", "surrogatepass")


def bytes_to_answer(data: bytes, task: object, kinds: object) -> Any:
    """The value of `kinds` (a type, as annotations have it) that a process wrote, `task` in its place.

    Raises `MessageError` for anything else.
    """
    try:
        return _shaped(json.loads(data.decode("utf-8", "surrogatepass")), kinds, task)
    except (ValueError, RecursionError, InvalidOperation) as error:
        raise MessageError(f"no answer: {str(error)[:200]}") from error


def function_to_kinds(function: Callable[..., object]) -> object:
    """What a function declares to answer; anything plain where it declares nothing."""
    while isinstance(function, partial):
        function = function.func
    if not hasattr(function, "__globals__"):
        function = type(function).__call__
    said = getattr(function, "__annotations__", {}).get("return", Any)
    names = getattr(function, "__globals__", {})
    return get_type_hints(SimpleNamespace(__annotations__={"return": said}), names)["return"]


def _name(kind: type) -> str:
    return f"{kind.__module__}:{kind.__qualname__}"


def _shaped(node: Any, kind: Any, task: object) -> Any:
    """What was read, in the shape that `kind` has; raises `ValueError` where it has another."""
    if kind in (Any, object) or isinstance(kind, TypeVar):
        return _plain(node)
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return _first(node, get_args(kind), task)
    if origin is Literal:
        return _demanded(node, node in get_args(kind), kind)
    if isinstance(node, list | dict):
        return _gathered(node, kind, origin, task)
    fits = isinstance(node, int | float if kind is float else kind) if kind in _PLAIN else False
    return _demanded(node, fits or (kind is None and node is None), kind)


def _gathered(node: list[Any] | dict[str, Any], kind: Any, origin: Any, task: object) -> Any:
    if isinstance(node, list):
        return _listed(node, kind, origin, task)
    if origin is not dict:
        return _noun(node, kind, task)
    _demanded(node, get_args(kind)[0] is str, kind)
    return {key: _shaped(value, get_args(kind)[1], task) for key, value in node.items()}


def _first(node: Any, kinds: tuple[Any, ...], task: object) -> Any:
    for kind in kinds:
        try:
            return _shaped(node, kind, task)
        except ValueError:
            continue
    raise ValueError(f"{str(node)[:60]} is none of {kinds}")


def _listed(node: list[Any], kind: Any, origin: Any, task: object) -> Any:
    inner = get_args(kind)
    _demanded(node, origin in (list, tuple), kind)
    if origin is list or inner[1:] == (...,):
        items = [_shaped(item, inner[0], task) for item in node]
        return items if origin is list else tuple(items)
    _demanded(node, len(node) == len(inner), kind)
    return tuple(_shaped(item, one, task) for item, one in zip(node, inner, strict=True))


def _noun(node: dict[str, Any], kind: Any, task: object) -> Any:
    """A noun of `kind`: its module is already loaded here, for it is declared, and nothing else is looked up."""
    tag, content = str(node.get(_TAG)), node.get("of")
    if tag == _TASK or tag in _TEXTS:
        value = task if tag == _TASK else _text(node)
        return _demanded(value, isinstance(kind, type) and isinstance(value, kind), kind)
    _demanded(node, isinstance(kind, type) and is_dataclass(kind) and tag == _name(kind), kind)
    declared = _fields(kind)
    _demanded(node, isinstance(content, list) and len(content) == len(declared), kind)
    return kind(*(_shaped(item, one, task) for item, one in zip(content or (), declared, strict=True)))


@cache
def _fields(kind: Any) -> tuple[Any, ...]:
    hints = get_type_hints(kind)
    return tuple(hints[field.name] for field in fields(kind))


def _plain(node: Any) -> Any:
    """A value of no declared kind: text, numbers and tuples of them."""
    if isinstance(node, list):
        return tuple([_plain(item) for item in node])
    return _text(node) if isinstance(node, dict) else node


def _text(node: dict[str, Any]) -> object:
    made = _TEXTS.get(str(node.get(_TAG)))
    if made is None or not isinstance(node.get("of"), str):
        raise ValueError(f"{str(node)[:60]} is not plain")
    return made(node["of"])


def _demanded(value: Any, fits: bool, kind: Any) -> Any:
    if not fits:
        raise ValueError(f"{str(value)[:60]} is no {kind}")
    return value
