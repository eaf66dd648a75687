"""Documents kept between reading and decoding, so that a new catalogue does not read the pixels again.

A numpy archive without pickles: the pieces as JSON, what the recogniser saw as arrays. Both are checked when they
come back; whatever does not fit is read anew.
"""

from __future__ import annotations

import io
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extract.files.zips import BROKEN_ZIP
from models.document import Document, Piece, Problem, TextLine
from models.geometry import Box
from models.grid import Cell, Grid, Place
from models.posteriors import Posteriors
from shenbao.ingest.inbox.store import Place as Where

FORMAT = 1
Json = Any


def document_to_bytes(document: Document, recipe: str) -> bytes:
    """The document and the fingerprint of how it was read."""
    arrays = _Arrays([], [], [], [])
    root = {
        "format": FORMAT,
        "recipe": recipe,
        "media_type": document.media_type,
        "pages": document.pages,
        "problems": [[p.code, p.message, p.severity, p.page] for p in document.problems],
        "pieces": [_piece_to_json(piece, arrays) for piece in document.pieces],
    }
    text = zlib.compress(json.dumps(root, separators=(",", ":"), default=_plain).encode(), 1)
    file = io.BytesIO()
    arrays.save(file, np.frombuffer(text, np.uint8))
    return file.getvalue()


def bytes_to_document(data: bytes, recipe: str) -> Document | None:
    """The document, or `None` when it was read in another way or is not whole."""
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as stored:
            root = json.loads(zlib.decompress(stored["document"].tobytes()))
            if (root["format"], root["recipe"]) != (FORMAT, recipe):
                return None
            seen = _arrays_to_posteriors(stored["lengths"], stored["starts"], stored["codes"], stored["logs"])
        pieces = tuple(_json_to_piece(piece, seen) for piece in root["pieces"])
        problems = tuple(Problem(*problem) for problem in root["problems"])
        return Document(pieces, root["media_type"], root["pages"], problems)
    except (*BROKEN_ZIP, TypeError, StopIteration):
        return None


def load(path: Where, recipe: str) -> Document | None:
    """The document kept at `path` if it was read as `recipe` says."""
    try:
        return bytes_to_document(path.read_bytes(), recipe)
    except FileNotFoundError:
        return None


def _plain(value: object) -> Json:
    """Numbers that a reader left in numpy's types."""
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(f"{type(value)} has no place in a document")


@dataclass(frozen=True, slots=True)
class _Arrays:
    """Posteriors one after the other; `lengths` are the frame starts and entries of each."""

    lengths: list[tuple[int, int]]
    starts: list[NDArray[np.int32]]
    codes: list[NDArray[np.int32]]
    logs: list[NDArray[np.float32]]

    def add(self, posteriors: Posteriors | None) -> str | None:
        if posteriors is None:
            return None
        self.lengths.append((len(posteriors.starts), len(posteriors.codes)))
        self.starts.append(posteriors.starts)
        self.codes.append(posteriors.codes)
        self.logs.append(posteriors.logs)
        return posteriors.chars

    def save(self, file: io.BytesIO, document: NDArray[np.uint8]) -> None:
        np.savez_compressed(
            file,
            allow_pickle=False,
            document=document,
            lengths=np.array(self.lengths, np.int64).reshape(-1, 2),
            starts=np.concatenate([np.zeros(0, np.int32), *self.starts]),
            codes=np.concatenate([np.zeros(0, np.int32), *self.codes]),
            logs=np.concatenate([np.zeros(0, np.float32), *self.logs]),
        )


def _arrays_to_posteriors(
    lengths: NDArray[np.int64],
    starts: NDArray[np.int32],
    codes: NDArray[np.int32],
    logs: NDArray[np.float32],
) -> Iterator[tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float32]]]:
    """The arrays of each cell in turn; raises `ValueError` when they do not fit together."""
    frames, entries = lengths.sum(axis=0).tolist()
    if (frames, entries, entries) != (len(starts), len(codes), len(logs)):
        raise ValueError("arrays of the wrong length")
    frame = entry = 0
    for cell_frames, cell_entries in lengths.tolist():
        part = slice(entry, entry + cell_entries)
        yield starts[frame : frame + cell_frames], codes[part], logs[part]
        frame, entry = frame + cell_frames, entry + cell_entries


def _piece_to_json(piece: Piece, arrays: _Arrays) -> Json:
    if isinstance(piece, TextLine):
        return [piece.text, _place_to_json(piece.place), piece.reader, piece.heading, piece.confidence]
    cells = [_cell_to_json(cell, arrays) for cell in piece.cells]
    return {
        "cells": cells,
        "size": [piece.rows, piece.columns],
        "spans": piece.spans,
        "breaks": sorted(piece.breaks),
        "edges": piece.edges,
        "reader": piece.reader,
    }


def _cell_to_json(cell: Cell, arrays: _Arrays) -> Json:
    position = (cell.row, cell.column, cell.row_span, cell.column_span)
    seen = arrays.add(cell.posteriors)
    return [*position, cell.text, _place_to_json(cell.place), cell.state, cell.confidence, seen]


def _place_to_json(place: Place) -> Json:
    box = place.box
    return [place.page, box and [box.x0, box.top, box.x1, box.bottom], place.part]


Seen = Iterator[tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float32]]]


def _json_to_piece(node: Json, seen: Seen) -> Piece:
    if isinstance(node, list):
        text, place, reader, heading, confidence = node
        return TextLine(text, _json_to_place(place), reader, heading, confidence)
    return Grid(
        cells=tuple(_json_to_cell(cell, seen) for cell in node["cells"]),
        rows=node["size"][0],
        columns=node["size"][1],
        spans=node["spans"],
        breaks=frozenset(node["breaks"]),
        edges=tuple((page, tuple(edges)) for page, edges in node["edges"]),
        reader=node["reader"],
    )


def _json_to_cell(node: Json, seen: Seen) -> Cell:
    row, column, row_span, column_span, text, place, state, confidence, chars = node
    posteriors = None if chars is None else Posteriors(chars, *next(seen))
    return Cell(
        *(row, column, text, _json_to_place(place), row_span, column_span),
        state=state,
        confidence=confidence,
        posteriors=posteriors,
    )


def _json_to_place(node: Json) -> Place:
    page, box, part = node
    return Place(page, box and Box(*box), part)
