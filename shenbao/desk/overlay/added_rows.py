"""Rows of the paper that the program did not read: put in by a person, as an entry of the log like any other.

The entry's text is JSON: the texts of the row's columns. It stands behind the row that `read` points at, whose name is `answered`;
`before` is how many rows of the new one's name there were already.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter, ValidationError

from shenbao.desk.overlay.doubts import printed_columns
from shenbao.desk.overlay.fields import (
    AnswerError,
    FieldKind,
    Sheet,
    Tree,
    answer_to_node,
    as_tuples,
    list_item,
    node_at,
    node_to_text,
    noun_fields,
    put,
)
from shenbao.desk.overlay.row_changes import AddedRow
from shenbao.ingest.ledger.decisions import DeskDecision

_NAMES = ("level3", "name", "item", "label", "")
"""The column that a row is called by; a row of a list of texts is its own name."""
_NEEDED = frozenset({"item", "label", "text", ""})
"""Columns that a row cannot be without."""


def row_columns(sheet: Sheet, holder: str) -> dict[str, FieldKind]:
    """The columns of a list's rows that the form prints, below the row, with what they hold; all where nothing was read.

    Raises `AnswerError` where the form has no such list.
    """
    item = list_item(sheet.form.form, holder)
    if item is None or not isinstance(node_at(sheet.tree, holder), list):
        raise AnswerError("此表没有这样的行")
    columns = dict(noun_fields(item))
    printed = {path[1:] for path in printed_columns(sheet, f"{holder}/0")}
    shown = {name: kind for name, kind in columns.items() if name in printed or name in _NAMES}
    return shown if printed else columns


def row_name(sheet: Sheet, path: str) -> str | None:
    """What a row is called."""
    return node_name(sheet.node(path))


def json_to_texts(text: str) -> dict[str, str]:
    """The texts of a row by their columns. Raises `AnswerError`."""
    try:
        texts = json.loads(text)
    except ValueError as error:
        raise AnswerError("补行的内容应为 JSON 对象") from error
    if not isinstance(texts, dict) or not all(isinstance(one, str) for one in texts.values()):
        raise AnswerError("补行的内容应为 JSON 对象，各栏为文字")
    return texts


def texts_to_row(
    sheet: Sheet, holder: str, columns: Mapping[str, FieldKind], texts: Mapping[str, str]
) -> Tree:
    """What a row of these texts holds. Raises `AnswerError`."""
    given = {name: text for name, text in texts.items() if text.strip()}
    unknown = sorted(set(given) - set(columns))
    if unknown:
        raise AnswerError(f"此表没有这一栏：{'、'.join(unknown)[:80]}")
    missing = [name for name in columns if name in _NEEDED and name not in given]
    if missing or not given:
        raise AnswerError("名称不能为空" if missing else "至少填写一栏")
    item: Any = list_item(sheet.form.form, holder)
    if "" in columns:
        return answer_to_node("text", given[""])
    node: Tree = {"history": [None, None]} if "history/0" in columns else {}
    for name, text in given.items():
        put(node, f"/{name}", answer_to_node(columns[name], text))
    try:
        TypeAdapter(item).validate_python(as_tuples(node))
    except ValidationError as error:
        raise AnswerError("内容不合此表的格式") from error
    return node


def column_text(node: Tree, name: str) -> str | None:
    """What a column of a row says."""
    return node_to_text(node_at(node, f"/{name}") if name else node)


def node_name(node: Tree) -> str | None:
    """What a row is called that holds this."""
    return next((text for name in _NAMES if (text := column_text(node, name))), None)


def count_named(sheet: Sheet, holder: str, name: str | None) -> int:
    """How many rows of a list are called so."""
    rows: Sequence[Tree] = node_at(sheet.tree, holder) or ()
    return sum(row_name(sheet, f"{holder}/{n}") == name for n in range(len(rows)))


def place_rows(
    sheet: Sheet, decisions: Iterable[DeskDecision]
) -> tuple[dict[str, AddedRow], list[DeskDecision]]:
    """The rows that persons put in, by their paths, and the entries that do not fit this reading any more.

    A row that the program reads itself by now is not put in twice: its entry comes back to be looked at.
    """
    placed: dict[str, AddedRow] = {}
    stale: list[DeskDecision] = []
    for decision in decisions:
        row = _placed(sheet, decision)
        if row is None:
            stale.append(decision)
        else:
            placed[decision.path] = row
    return placed, stale


def _placed(sheet: Sheet, decision: DeskDecision) -> AddedRow | None:
    holder = decision.path.rpartition("/")[0]
    try:
        columns = dict(noun_fields(list_item(sheet.form.form, holder)))
        node = texts_to_row(sheet, holder, columns, json_to_texts(decision.after or ""))
    except AnswerError:
        return None
    after = _anchor(sheet, holder, decision)
    if after is None or count_named(sheet, holder, node_name(node)) > int(decision.before or 0):
        return None
    return AddedRow(decision.path, after, node, tuple(columns))


def _anchor(sheet: Sheet, holder: str, decision: DeskDecision) -> int | None:
    """The number of the row behind which it stands: where it stood, else the one of that name."""
    if decision.read is None:
        return -1
    if row_name(sheet, decision.read) == decision.answered and sheet.node(decision.read) is not None:
        return int(decision.read.rpartition("/")[2])
    rows: Sequence[Tree] = node_at(sheet.tree, holder) or ()
    found = [n for n in range(len(rows)) if row_name(sheet, f"{holder}/{n}") == decision.answered]
    return found[0] if len(found) == 1 else None


def added_texts(row: AddedRow) -> Iterator[tuple[str, str]]:
    """Every text of a row that was put in, with its path below the row's own name."""
    for name in row.columns:
        text = column_text(row.node, name)
        if text is not None:
            yield f"{row.path}/{name}" if name else row.path, text
