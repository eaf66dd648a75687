"""Documents kept between reading and decoding: all of them comes back, or nothing."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from types import UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

import numpy as np
import pytest

from extract.files.opening import check
from models.document import Document, Problem, Rival, Seal, TextLine
from models.geometry import Box
from models.grid import Cell, Grid, Place
from models.posteriors import Posteriors
from shenbao.ingest.workers.shelf import bytes_to_document, document_to_bytes, load
from shenbao.readers import Settings, read_document
from tests.places import SAMPLES as FOLDER

SAMPLES = sorted(FOLDER.glob("*-*.*"))


def seen(chars: str, frames: int) -> Posteriors:
    starts = np.arange(frames + 1, dtype=np.int32)
    return Posteriors(chars, starts, np.ones(frames, np.int32), np.linspace(-1, 0, frames, dtype=np.float32))


def scanned() -> Document:
    place = Place(2, Box(0.1, 1 / 3, 5.0, 7.25))
    cells = (
        Cell(0, 0, "由\ud800", place, 2, 1, "read", 0.98, seen("由有", 5)),
        Cell(0, 1, "", place, state="blank"),
        Cell(1, 1, "9", Place(part="Sheet1!C7"), confidence=0.5, posteriors=seen("", 0)),
    )
    grid = Grid(cells, 2, 2, "ruled", frozenset({1}), ((2, (0.5, 1.5)),), "scan")
    line = TextLine("标题", place, "scan", True, 0.75)
    return Document((line, grid), "application/pdf", 3, (Problem("dark", "太暗", "info", 2),))


def filled(kind: Any) -> Any:
    """A value of a type in which no field, however deep, has its default or is empty."""
    origin, arguments = get_origin(kind), get_args(kind)
    if kind is Posteriors:
        return seen("由有", 5)
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind, localns={"Posteriors": Posteriors})
        return kind(**{field.name: unlike(hints[field.name], field.default) for field in fields(kind)})
    if origin in (tuple, frozenset):
        return origin(
            map(filled, arguments) if arguments[1:] and arguments[-1] is not ... else every(arguments[0])
        )
    if origin in (Literal, UnionType):
        return arguments[-1] if origin is Literal else filled(arguments[0])
    return {str: "由\ud800", int: 7, float: 1 / 3, bool: True}[kind]


def every(kind: Any) -> list[Any]:
    """A value of each type of a union: a document's pieces are lines and grids."""
    return [filled(choice) for choice in (get_args(kind) if get_origin(kind) is UnionType else (kind,))]


def unlike(kind: Any, default: object) -> Any:
    value = filled(kind)
    if value != default:
        return value
    return not value if isinstance(value, bool) else get_args(kind)[0]


def leaves(value: Any) -> list[object]:
    """All that a noun holds, field by field, with the types; arrays by their bytes."""
    if isinstance(value, np.ndarray):
        return [value.dtype, value.tobytes()]
    if is_dataclass(value):
        return [type(value), *(leaf for f in fields(value) for leaf in leaves(getattr(value, f.name)))]
    if isinstance(value, tuple):
        return [tuple, *(leaf for item in value for leaf in leaves(item))]
    return [type(value), value]


def test_every_field_of_every_noun_in_a_document_is_kept() -> None:
    before = filled(Document)
    nouns = {kind for kind in leaves(before) if isinstance(kind, type)}
    assert {TextLine, Grid, Cell, Place, Box, Seal, Problem, Rival, Posteriors} <= nouns
    after = bytes_to_document(document_to_bytes(before, "r"), "r")
    assert leaves(after) == leaves(before)


def test_what_no_document_can_hold_is_refused_and_not_dropped() -> None:
    document = replace(scanned(), pieces=(object(),))  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        document_to_bytes(document, "r")


def test_what_a_recogniser_saw_comes_back_bit_for_bit() -> None:
    before = scanned()
    after = bytes_to_document(document_to_bytes(before, "r"), "r")
    assert after is not None
    assert repr(after) == repr(before)
    old, new = before.pieces[1], after.pieces[1]
    assert isinstance(old, Grid)
    assert isinstance(new, Grid)
    for one, other in zip(old.cells, new.cells, strict=True):
        if one.posteriors and other.posteriors:
            assert one.posteriors.logs.tobytes() == other.posteriors.logs.tobytes()
            assert one.posteriors.starts.dtype == other.posteriors.starts.dtype


@pytest.mark.parametrize("path", [p for p in SAMPLES if p.suffix in (".md", ".docx")], ids=lambda p: p.name)
def test_a_document_comes_back_as_it_was(path: Path) -> None:
    kind, _ = check(path, Settings().limits)
    document = read_document(path, kind, Settings())
    assert bytes_to_document(document_to_bytes(document, "r"), "r") == document


def test_a_document_read_in_another_way_does_not_count() -> None:
    assert bytes_to_document(document_to_bytes(scanned(), "old"), "new") is None


def test_a_damaged_document_does_not_count() -> None:
    data = document_to_bytes(scanned(), "r")
    damaged = [data[:cut] for cut in range(0, len(data), 97)]
    damaged += [data[:at] + bytes([data[at] ^ 255]) + data[at + 1 :] for at in range(60, len(data), 31)]
    whole = repr(scanned())
    assert all(
        found is None or repr(found) == whole for found in (bytes_to_document(d, "r") for d in damaged)
    )


def test_a_document_that_was_never_kept_is_none(tmp_path: Path) -> None:
    assert load(tmp_path / "a.npz", "r") is None
