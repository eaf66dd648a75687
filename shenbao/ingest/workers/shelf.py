"""Documents kept between reading and decoding, so that a new catalogue does not read the pixels again.

A numpy archive without pickles: the nouns of a document as JSON, field by field as they are declared, and what the
recogniser saw as arrays. Both are checked when they come back; whatever does not fit is read anew.
"""

from __future__ import annotations

import io
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extract.files.zips import BROKEN_ZIP
from models.document import Document, Problem, Rival, Seal, TextLine
from models.geometry import Box
from models.grid import Cell, Grid, Place
from models.posteriors import Posteriors
from shenbao.ingest.inbox.store import Location

_FORMAT = 3
_SET = "frozenset"
_NOUNS: dict[str, type[Any]] = {
    noun.__name__: noun for noun in (Document, TextLine, Grid, Cell, Place, Box, Seal, Problem, Rival)
}
_Json = Any


def document_to_bytes(document: Document, recipe: str) -> bytes:
    """The document and the fingerprint of how it was read."""
    arrays = _Arrays([], [], [], [])
    root = {"format": _FORMAT, "recipe": recipe, "document": _to_json(document, arrays)}
    text = zlib.compress(json.dumps(root, separators=(",", ":")).encode(), 1)
    file = io.BytesIO()
    arrays.save(file, np.frombuffer(text, np.uint8))
    return file.getvalue()


def bytes_to_document(data: bytes, recipe: str) -> Document | None:
    """The document, or `None` when it was read in another way or is not whole."""
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as stored:
            root = json.loads(zlib.decompress(stored["document"].tobytes()))
            if (root["format"], root["recipe"]) != (_FORMAT, recipe):
                return None
            seen = _arrays_to_posteriors(stored["lengths"], stored["starts"], stored["codes"], stored["logs"])
        document = _from_json(root["document"], seen)
    except (*BROKEN_ZIP, TypeError, StopIteration):
        return None
    return document if isinstance(document, Document) else None


def load(path: Location, recipe: str) -> Document | None:
    """The document kept at `path` if it was read as `recipe` says."""
    try:
        return bytes_to_document(path.read_bytes(), recipe)
    except FileNotFoundError:
        return None


@dataclass(frozen=True, slots=True)
class _Arrays:
    """Posteriors one after the other; `lengths` are the frame starts and entries of each."""

    lengths: list[tuple[int, int]]
    starts: list[NDArray[np.int32]]
    codes: list[NDArray[np.int32]]
    logs: list[NDArray[np.float32]]

    def add(self, posteriors: Posteriors) -> str:
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
    """The arrays of each posteriors in turn; raises `ValueError` when they do not fit together."""
    frames, entries = lengths.sum(axis=0).tolist()
    if (frames, entries, entries) != (len(starts), len(codes), len(logs)):
        raise ValueError("arrays of the wrong length")
    frame = entry = 0
    for some_frames, some_entries in lengths.tolist():
        part = slice(entry, entry + some_entries)
        yield starts[frame : frame + some_frames], codes[part], logs[part]
        frame, entry = frame + some_frames, entry + some_entries


def _to_json(value: object, arrays: _Arrays) -> _Json:
    """A noun as `{its name: [its fields]}`; raises `TypeError` for what has no place in a document."""
    if isinstance(value, Posteriors):
        return {Posteriors.__name__: arrays.add(value)}
    if isinstance(value, tuple | list):
        return [_to_json(item, arrays) for item in value]
    if isinstance(value, frozenset):
        return {_SET: sorted(value)}
    if isinstance(value, np.generic):  # numbers that a reader left in numpy's types
        return value.item()
    if not is_dataclass(value):
        return value
    name = type(value).__name__
    if _NOUNS.get(name) is not type(value):
        raise TypeError(f"{type(value)} has no place in a document")
    return {name: [_to_json(getattr(value, field.name), arrays) for field in fields(value)]}


_Seen = Iterator[tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float32]]]


def _from_json(node: _Json, seen: _Seen) -> Any:
    if isinstance(node, list):
        return tuple([_from_json(item, seen) for item in node])
    if not isinstance(node, dict):
        return node
    ((name, content),) = node.items()
    if name == Posteriors.__name__:
        return Posteriors(content, *next(seen))
    if name == _SET:
        return frozenset(content)
    return _NOUNS[name](*_from_json(content, seen))
