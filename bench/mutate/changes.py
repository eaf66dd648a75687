"""Every change of one operator or constant that a module's source allows, as pieces of text to be replaced."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_REVERSED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.Gt,
    ast.LtE: ast.GtE,
    ast.Gt: ast.Lt,
    ast.GtE: ast.LtE,
}
_COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
_SMALL = 2
"""Integers up to this are places and counts; larger ones and fractions tune, and the benches of accuracy watch them."""
_FUNCTION = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
_NOT_RUN = ("annotation", "returns", "type_comment", "decorator_list", "bases")
"""Parts of a syntax tree that say nothing about behaviour, or only how a class is made."""


@dataclass(frozen=True, slots=True)
class Change:
    """Replace the text from `start` to `end` (line from 1, byte column from 0) of the module `path` by `text`.

    `first` and `last` are the lines of the statement that is changed.
    """

    path: str
    start: tuple[int, int]
    end: tuple[int, int]
    text: str
    first: int
    last: int

    def apply(self, source: str) -> str:
        """The module's source with the change made."""
        lines = [line.encode() for line in source.split("\n")]
        (row, left), (bottom, right) = self.start, self.end
        whole = lines[row - 1][:left] + self.text.encode() + lines[bottom - 1][right:]
        return b"\n".join([*lines[: row - 1], whole, *lines[bottom:]]).decode()

    def shown(self, source: str) -> tuple[str, str]:
        """The changed lines of the module before and after, without indentation."""
        row, bottom = self.start[0], self.end[0]
        before = source.split("\n")[row - 1 : bottom]
        after = self.apply(source).split("\n")[row - 1 : row + self.text.count("\n")]
        return (
            " ".join(line.strip() for line in before),
            " ".join(line.strip() for line in after),
        )


def source_to_changes(path: str, source: str) -> list[Change]:
    """Every change of the module `path`, in the order of its text."""
    found = [
        _change(path, statement, node, made)
        for statement, node in _nodes(ast.parse(source))
        for made in _others(node)
    ]
    return sorted(found, key=lambda change: (change.start, change.end, change.text))


def _nodes(tree: ast.Module) -> Iterator[tuple[ast.stmt, ast.AST]]:
    """Everything in functions that runs, with its statement: no docstrings, annotations or parts of f-strings.

    Outside functions stand declarations: widths, words, prices, limits.
    """
    waiting: list[tuple[ast.stmt | None, ast.AST, bool]] = [(None, tree, False)]
    while waiting:
        statement, node, inside = waiting.pop()
        if isinstance(node, ast.JoinedStr) or _is_docstring(node) or _is_check_of_ours(node):
            continue
        if isinstance(node, ast.stmt):
            statement = node
        inside = inside or isinstance(node, _FUNCTION)
        if statement is not None and inside:
            yield statement, node
        for name, value in ast.iter_fields(node):
            if name not in _NOT_RUN:
                parts = value if isinstance(value, list) else [value]
                waiting += [(statement, part, inside) for part in parts if isinstance(part, ast.AST)]


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_check_of_ours(node: ast.AST) -> bool:
    """Whether the node only says what cannot be otherwise: an assertion, `strict=` of `zip`."""
    return isinstance(node, ast.Assert) or (isinstance(node, ast.keyword) and node.arg == "strict")


def _others(node: ast.AST) -> Iterator[ast.AST]:
    """What could stand in the place of `node`."""
    match node:
        case ast.Compare(left=left, ops=[only], comparators=[right]):
            for table in (_COMPARED, _REVERSED):
                if type(only) in table:
                    yield ast.Compare(left, [table[type(only)]()], [right])
        case ast.BoolOp(op=op, values=values):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _COUNTED:
            yield ast.BinOp(left, _COUNTED[type(op)](), right)
        case ast.AugAssign(target=target, op=op, value=value) if type(op) in _COUNTED:
            yield ast.AugAssign(target, _COUNTED[type(op)](), value)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield operand
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int(value)) if value <= _SMALL:
            yield ast.Constant(value + 1)
            yield ast.Constant(value - 1)
        case ast.Return(value=value) if value is not None and not _is_nothing(value):
            yield ast.Return(ast.Constant(None))
        case ast.If(test=test) | ast.IfExp(test=test) if not isinstance(test, ast.Compare | ast.UnaryOp):
            yield ast.UnaryOp(ast.Not(), test)


def _is_nothing(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _change(path: str, statement: ast.stmt, node: ast.AST, made: ast.AST) -> Change:
    place = node.test if isinstance(node, ast.If | ast.IfExp) else node
    assert isinstance(place, ast.expr | ast.stmt)
    text = ast.unparse(made)
    if isinstance(made, ast.expr) and not (isinstance(made, ast.Constant) and not text.startswith("-")):
        text = f"({text})"
    end = place.end_lineno or place.lineno, place.end_col_offset or 0
    last = place.end_lineno or place.lineno
    return Change(
        path, (place.lineno, place.col_offset), end, text, min(statement.lineno, place.lineno), last
    )
