"""Forms read in this process: the document as extraction left it is kept, what follows can be done again."""

from __future__ import annotations

import hashlib
import json
import time
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from bench.accuracy.store import STORE, fingerprint, kept, versions
from extract.files.kinds import Kind
from extract.files.opening import check
from models.document import Document
from models.submission import submission_to_json
from shenbao.pipeline import read_submission
from shenbao.readers import Settings, read_document

Json = dict[str, Any]
READERS = ("rapidocr", "onnxruntime", "opencv-python-headless", "pdfplumber", "pypdfium2")
"""Packages whose versions decide what a document is read as."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """A form's document and the CPU seconds it took."""

    document: Document
    seconds: float


def extracted(path: Path) -> Extracted:
    """The document at `path`, from an earlier run if neither the file nor the code has changed since."""
    name = f"{hashlib.sha256(path.read_bytes()).hexdigest()[:24]}.pickle"
    code = f"{fingerprint('extract', 'models')}-{zlib.crc32(repr(versions(READERS)).encode()):08x}"
    return kept(STORE / f"documents-{code}" / name, lambda: _extract(path))


def _extract(path: Path) -> Extracted:
    settings = Settings()
    begin = time.process_time()
    kind, _ = check(path, settings.limits)
    return Extracted(read_document(path, kind, settings), time.process_time() - begin)


def document_to_result(path: Path, document: Document) -> Json:
    """What the pipeline makes of a document that has been extracted from `path` before."""

    def given(path: Path, kind: Kind, settings: Settings) -> Document:
        return document

    with mock.patch("shenbao.pipeline.read_document", given):
        result: Json = json.loads(submission_to_json(read_submission(path, Settings())))
    return result
