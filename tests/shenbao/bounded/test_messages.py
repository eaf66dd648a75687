"""Answers cross as JSON: what a function declares comes back as it was, and nothing else comes back at all."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.document import Problem
from models.geometry import Box
from models.grid import Place
from shenbao.bounded.messages import MessageError, answer_to_bytes, bytes_to_answer, function_to_kinds
from shenbao.file_task import FileOutcome
from shenbao.unpacking.members import Member


class Declaring:
    """What it answers is said by its call."""

    def __call__(self, task: str) -> Told:
        raise NotImplementedError


@dataclass(frozen=True)
class Told:
    task: str
    state: Literal["done", "failed"]
    amount: Decimal | None
    paths: list[Path]
    rows: tuple[tuple[str, tuple[object, ...]], ...] = ()


def crossed(answer: object, kinds: object, task: object = None) -> Any:
    return bytes_to_answer(answer_to_bytes(answer, task), task, kinds)


@pytest.mark.parametrize(
    ("answer", "kinds"),
    [
        (Told("a", "done", Decimal("1932.410"), [Path("甲/乙.png")]), Told),
        (Told("a", "failed", None, [], (("t", (1, None, Decimal("1E+3"), "\ud800", True)),)), Told),
        (FileOutcome("a", 1, "\u202e", "{}"), FileOutcome | None),
        ([Member("a", (0, 2), 5, 6)], list[Member] | str),
        (Problem("a", "甲", places=(Place(1, Box(0.0, 1.5, 2.0, 3.0)),)), Problem),
        ({"甲.png": b"\x00\xff", "@": b""}, dict[str, bytes]),
        (None, FileOutcome | None),
        (("a", 1, 2.5, Path("b")), Any),
    ],
)
def test_what_is_declared_comes_back_as_it_was(answer: object, kinds: object) -> None:
    assert crossed(answer, kinds) == answer


def test_numbers_of_numpy_come_back_as_those_of_python() -> None:
    box = Box(np.float32(0.5), np.int64(1), np.float64(2.5), 3.0)  # type: ignore[arg-type]
    assert crossed(box, Box) == Box(0.5, 1, 2.5, 3.0)


def test_a_task_in_an_answer_does_not_travel() -> None:
    task = FileOutcome("a", 0, "line")
    data = answer_to_bytes((task, 1), task)
    assert b"line" not in data
    assert bytes_to_answer(data, task, tuple[FileOutcome, int]) == (task, 1)
    with pytest.raises(MessageError):
        bytes_to_answer(data, "another kind of task", tuple[FileOutcome, int])


@pytest.mark.parametrize(
    "data",
    [
        pickle.dumps(FileOutcome("a", 0, "")),
        b"",
        b"\xff",
        b"[" * 100_000,
        b"9" * 10_000,
        b'{"@":"os:system","of":["true"]}',
        b'{"@":"shenbao.bounded.process:Death","of":["died",""]}',
        answer_to_bytes(FileOutcome(5, 0, "")),  # type: ignore[arg-type]
        answer_to_bytes(FileOutcome("a", True, "")).replace(b",true,", b',"1",'),
        b'{"@":"shenbao.file_task:FileOutcome","of":["a"]}',
        b'{"@":"Decimal","of":"1"}',
        b'{"@":"task"}',
        b'{"@":["x"],"of":{}}',
        b"null",
    ],
)
def test_nothing_else_comes_back(data: bytes) -> None:
    with pytest.raises(MessageError):
        bytes_to_answer(data, None, FileOutcome)


@given(data=st.binary(max_size=60) | st.text('{}[]"@:of0.1e,', max_size=60).map(str.encode))
def test_any_bytes_are_an_answer_or_none(data: bytes) -> None:
    try:
        bytes_to_answer(data, None, Told | FileOutcome | list[Member] | None)
    except MessageError:
        return


@given(st.decimals(allow_nan=False) | st.text() | st.integers(-(10**30), 10**30) | st.booleans())
def test_plain_values_come_back_as_they_were(value: object) -> None:
    assert crossed((value,), Any) == (value,)


def declared(task: str) -> list[Told] | None:
    """Never called."""


def test_a_function_declares_what_it_answers() -> None:
    assert function_to_kinds(partial(declared)) == list[Told] | None
    assert function_to_kinds(str) is Any
    assert function_to_kinds(Declaring()) is Told
