"""The fields of a declaration: which there are, what each holds as text, and a person's text put in its place.

A field is what a person decides about at once: a value with all its parts, a figure, a text, one item of a list. It is
named by its JSON Pointer into the data of the reading. Data is the plain tree of a result, with lists to be changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from models.declaration import BudgetLine, DepartmentOverall, ProjectDeclaration, Value
from models.finding import Noun
from models.submission import Form
from normalize.text.cell_values import text_to_amount, text_to_date, text_to_share, text_to_value
from normalize.text.fold import fold
from shenbao.text_gate import REPLACEMENT, storable

FieldKind = Literal["text", "amount", "share", "year", "date", "value", "flag"]
Tree = Any
_MODELS: dict[str, type[Noun]] = {"department-overall": DepartmentOverall, "project": ProjectDeclaration}
_TYPES: dict[type, FieldKind] = {str: "text", Decimal: "amount", int: "year", bool: "flag", Value: "value"}
_NAMED: dict[str, FieldKind] = {"filled_on": "date", "share": "share"}
_NOT_PRINTED = frozenset({"code"})
"""Fields that no form prints: nobody can be asked about them."""
_FLAGS = {"是": True, "否": False}
_LONGEST_ANSWER = 8000
"""Characters of an answer that are taken: the longest cell that was seen has 3,000, and a slip of the clipboard is longer."""
_WANTED = {
    "amount": "请填写金额，如 1932.41",
    "share": "请填写占比，如 76.12%",
    "year": "请填写年份，如 2026",
    "date": "请填写日期，如 2025-10-20",
    "flag": "请填写“是”或“否”",
}


class AnswerError(ValueError):
    """An answer that its field does not take; the message says in Chinese what it takes."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form taken apart: its data as a tree, and every field in the order of the form with what it holds.

    `filled` are the fields that hold something.
    """

    form: Form
    tree: Tree
    kinds: Mapping[str, FieldKind]
    filled: frozenset[str]

    @classmethod
    def of(cls, form: Form) -> Sheet:
        """The form's sheet; its tree is nobody else's."""
        tree = as_lists(form.data.model_dump())
        found = list(_walk(_MODELS[form.form], tree, ""))
        kinds = {path: kind for path, kind, _ in found}
        return cls(form, tree, kinds, frozenset(path for path, _, node in found if node is not None))

    def text(self, path: str) -> str | None:
        """What stands at a field, `None` where nothing does."""
        return text_at(self.tree, path)

    def node(self, path: str) -> Tree:
        """What a field holds, with all its parts."""
        return node_at(self.tree, path)

    def read(self, path: str) -> str | None:
        """What was seen on the paper where the field was read; `None` where nothing was."""
        seen = self.form.evidence.get(path)
        return seen.text if seen else None

    def holds(self, path: str) -> bool:
        """Whether the form has such a field, row or section."""
        return path in self.kinds or node_at(self.tree, path) is not None


def _walk(annotation: Any, node: Tree, path: str) -> Iterator[tuple[str, FieldKind, Tree]]:
    """Every field in the order of the form, with its kind and what stands there; blank ones, too."""
    annotation = _plain(annotation)
    if annotation in _TYPES:
        yield path, _NAMED.get(path.rpartition("/")[2], _TYPES[annotation]), node
    elif isinstance(annotation, type) and issubclass(annotation, Noun):
        for name, inner in _hints(annotation).items():
            if name not in _NOT_PRINTED:
                yield from _walk(inner, (node or {}).get(name), f"{path}/{name}")
    elif get_origin(annotation) is tuple:
        for n, item in enumerate(node or ()):
            yield from _walk(get_args(annotation)[0], item, f"{path}/{n}")
    else:
        for key in node or {}:
            yield f"{path}/{key}", "text", node[key]


@cache
def _hints(noun: type[Noun]) -> dict[str, Any]:
    return {name: _plain(hint) for name, hint in get_type_hints(noun).items()}


def list_item(form: str, holder: str) -> Any:
    """The type of a list's items, `None` where a form of this kind has no such list."""
    annotation: Any = _MODELS[form]
    for step in _steps(holder):
        is_noun = isinstance(annotation, type) and issubclass(annotation, Noun)
        annotation = _hints(annotation).get(step) if is_noun else None
    return _plain(get_args(annotation)[0]) if get_origin(annotation) is tuple else None


def noun_fields(item: Any) -> Iterator[tuple[str, FieldKind]]:
    """The columns of a list's rows below the row, with what they hold; an item that is a text has one without a name."""
    blank = {"history": [None, None]} if item is BudgetLine else None
    yield from ((path[1:], kind) for path, kind, _ in _walk(item, blank, ""))


def _plain(annotation: Any) -> Any:
    """The type without `None` and without what it is annotated with."""
    if get_origin(annotation) in (Union, UnionType):
        return next(_plain(arm) for arm in get_args(annotation) if arm is not type(None))
    return annotation


def text_at(data: Tree, path: str) -> str | None:
    """What stands at a field as text, figures with their printed digits; `None` where it is blank or not there."""
    return node_to_text(node_at(data, path))


def node_to_text(node: Tree) -> str | None:
    """What a field holds as text; `None` for nothing, and for what is no field."""
    if isinstance(node, Mapping):
        node = node.get("text")
    if isinstance(node, bool):
        return next(text for text, flag in _FLAGS.items() if flag is node)
    if isinstance(node, Decimal):
        return format(node, "f")
    return None if node is None or isinstance(node, list | tuple) else str(node)


def node_at(data: Tree, path: str) -> Tree:
    """What stands at a pointer; `None` where nothing does."""
    node = data
    for step in _steps(path):
        if isinstance(node, list | tuple):
            node = node[int(step)] if step.isdecimal() and int(step) < len(node) else None
        else:
            node = node.get(step) if isinstance(node, Mapping) else None
    return node


def _steps(path: str) -> list[str]:
    """The steps of a pointer; the printed heading of an extra column is one step, whatever it holds."""
    before, extra, heading = path.partition("/extra/")
    return [*before.split("/")[1:], "extra", heading] if extra else before.split("/")[1:]


def answer_to_node(kind: FieldKind, text: str, before: Tree = None) -> Tree:
    """A person's text as what the field holds; `before` is what it held. Raises `AnswerError`."""
    if len(text) > _LONGEST_ANSWER:
        raise AnswerError(f"内容过长（{len(text)} 字，上限 {_LONGEST_ANSWER} 字）")
    # what steers a reader or cannot be stored was not meant: it comes with a text that was pasted
    folded = "".join(fold(line) for line in storable(text).replace(REPLACEMENT, "").splitlines())
    if not folded:
        raise AnswerError("内容为空；原件空白请按 0")
    node: Tree = folded
    if kind == "amount":
        node = text_to_amount(folded)
    elif kind == "share":
        node = text_to_share(folded)
    elif kind == "year":
        found = re.fullmatch(r"((?:19|2\d)\d\d)年?度?", folded)
        node = int(found[1]) if found else None
    elif kind == "date":
        node = text_to_date(folded)
    elif kind == "flag":
        node = _FLAGS.get(folded)
    elif kind == "value":
        counted = isinstance(before, Mapping) and (before.get("not_applicable") or "number" in before)
        node = text_to_value(folded, expects_number=bool(counted)).model_dump()
    if node is None:
        raise AnswerError(f"“{text[:40]}”不合此栏格式，{_WANTED[kind]}")
    return node


def put(data: Tree, path: str, node: Tree) -> None:
    """Put `node` at a pointer into a tree of dicts and lists whose rows are there."""
    *above, last = _steps(path)
    holder = data
    for step in above:
        if isinstance(holder, dict) and holder.get(step) is None:
            holder[step] = {}
        holder = holder[int(step)] if isinstance(holder, list) else holder[step]
    if isinstance(holder, list):
        holder[int(last)] = node
    else:
        holder[last] = node


def as_lists(node: Tree) -> Tree:
    """The tree with lists in the place of tuples, all of it new."""
    if isinstance(node, list | tuple):
        return [as_lists(item) for item in node]
    return {key: as_lists(value) for key, value in node.items()} if isinstance(node, Mapping) else node


def as_tuples(node: Tree) -> Tree:
    """The tree with tuples in the place of lists, as nouns take it."""
    if isinstance(node, list):
        return tuple(as_tuples(item) for item in node)
    return {key: as_tuples(value) for key, value in node.items()} if isinstance(node, dict) else node


def row_of(path: str) -> str | None:
    """The pointer of the list row that a field stands in; `None` for a field that stands alone.

    >>> row_of("/annual/indicators/7/history/last_year"), row_of("/functions/2"), row_of("/phone")
    ('/annual/indicators/7', '/functions/2', None)
    """
    found = re.match(r"(/budget/history_years/\d+$)|(/(?:[a-z_]+/)?[a-z_]+/\d+)(?=/|$)", path)
    return None if found is None or found[1] else found[2]
