"""The peers: what each reads, where it comes from, how to get what it lacks, and who was not run."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bench.peers.kinds import Kind
from bench.peers.reading import Json, Reading

Result = Json
"""A document of the output contract, as far as a peer can fill it."""
INSTALL = "make bench-peers"


@dataclass(frozen=True, slots=True)
class Peer:
    """A reader: `load` imports what it needs and gives the function that reads a file into a result."""

    name: str
    kinds: frozenset[Kind]
    load: Callable[[], Callable[[Path], Result]]
    packages: tuple[str, ...] = ()
    licence: str = ""
    modules: tuple[str, ...] = ()
    baseline: bool = False

    def lacks(self) -> str | None:
        """How to get what is not installed."""
        if any(find_spec(module) is None for module in self.modules):
            return INSTALL
        if "tesseract" in self.name:
            missing: str | None = import_module("bench.peers.readers.tesseract").lacks()
            return missing
        return None


@dataclass(frozen=True, slots=True)
class Absent:
    """A reader that was not run here, and why, as its packages' own metadata and documentation have it (November 2026)."""

    name: str
    kinds: str
    licence: str
    reason: str


def data_to_result(data: Json) -> Result:
    return {"forms": [{"form": "department-overall", "data": data}]}


def _plainly(
    module: str, function: str, *, made: bool = False, **options: Any
) -> Callable[[], Callable[[Path], Result]]:
    """A table reader with the plain mapping; `made`: `function` makes the reader, so that models load once."""

    def load() -> Callable[[Path], Result]:
        from bench.peers.plain import reading_to_data  # noqa: PLC0415

        found = getattr(import_module(f"bench.peers.readers.{module}"), function)
        read: Callable[..., Reading] = found() if made else found
        return lambda path: data_to_result(reading_to_data(read(path, **options)))

    return load


def _baseline(function: str) -> Callable[[], Callable[[Path], Result]]:
    def load() -> Callable[[Path], Result]:
        read = getattr(import_module("bench.peers.baselines"), function)
        return lambda path: data_to_result(read(path))

    return load


def _shenbao() -> Callable[[Path], Result]:
    from models.submission import submission_to_json  # noqa: PLC0415
    from shenbao.pipeline import read_submission  # noqa: PLC0415
    from shenbao.readers import Settings  # noqa: PLC0415

    settings = Settings()

    def read(path: Path) -> Result:
        result: Result = json.loads(submission_to_json(read_submission(path, settings)))
        return result

    return read


def _kinds(*kinds: Kind) -> frozenset[Kind]:
    return frozenset(kinds)


ALL = _kinds("text", "docx", "xlsx", "pdf", "scan", "picture")
PICTURES = _kinds("scan", "picture")

PEERS: tuple[Peer, ...] = (
    Peer("shenbao", ALL, _shenbao),
    Peer("python-docx", _kinds("docx"), _plainly("word", "read"), ("python-docx",), "MIT", ("docx",)),
    Peer("openpyxl", _kinds("xlsx"), _plainly("sheet", "read"), ("openpyxl",), "MIT", ("openpyxl",)),
    Peer("split at tabs", _kinds("text"), _plainly("tabs", "read"), ("lxml",), "BSD-3-Clause", ("lxml",)),
    Peer("pdfplumber", _kinds("pdf"), _plainly("plumber", "read"), ("pdfplumber",), "MIT", ("pdfplumber",)),
    Peer(
        "camelot vector",
        _kinds("pdf"),
        _plainly("camelots", "read", engine="vector"),
        ("camelot-py",),
        "MIT",
        ("camelot",),
    ),
    Peer(
        "camelot lattice",
        _kinds("pdf"),
        _plainly("camelots", "read", engine="combined"),
        ("camelot-py",),
        "MIT",
        ("camelot",),
    ),
    Peer(
        "markitdown",
        _kinds("docx", "xlsx", "pdf"),
        _plainly("markdown", "load", made=True),
        ("markitdown",),
        "MIT",
        ("markitdown",),
    ),
    Peer(
        "docling, no models",
        _kinds("docx", "xlsx"),
        _plainly("doclings", "read"),
        ("docling-slim",),
        "MIT",
        ("docling",),
    ),
    Peer(
        "MinerU's docvortex",
        _kinds("docx", "xlsx", "pdf"),
        _plainly("vortex", "read"),
        ("docvortex",),
        "MIT, Apache-2.0, BSD-3-Clause",
        ("docvortex",),
    ),
    Peer(
        "img2table",
        _kinds("pdf"),
        _plainly("img2tables", "by_text_layer", made=True),
        ("img2table",),
        "MIT",
        ("img2table",),
    ),
    Peer(
        "img2table, tesseract",
        PICTURES,
        _plainly("img2tables", "by_tesseract", made=True),
        ("img2table",),
        "MIT; Apache-2.0",
        ("img2table",),
    ),
    Peer(
        "img2table, RapidOCR",
        PICTURES,
        _plainly("img2tables", "by_rapidocr", made=True),
        ("img2table", "rapidocr"),
        "MIT; Apache-2.0",
        ("img2table", "rapidocr"),
    ),
    Peer(
        "tesseract, OpenCV grid",
        PICTURES,
        _plainly("tesseract", "read"),
        ("opencv-contrib-python-headless",),
        "Apache-2.0",
        ("cv2",),
    ),
    Peer(
        "RapidOCR, OpenCV grid",
        PICTURES,
        _plainly("rapid", "in_grid", made=True),
        ("rapidocr",),
        "Apache-2.0",
        ("rapidocr", "cv2"),
    ),
    Peer(
        "RapidOCR, rows of boxes",
        PICTURES,
        _plainly("rapid", "in_rows", made=True),
        ("rapidocr",),
        "Apache-2.0",
        ("rapidocr", "cv2"),
    ),
    Peer("text after labels", _kinds("text", "docx", "xlsx", "pdf"), _baseline("as_it_comes"), baseline=True),
    Peer("nothing", ALL, _baseline("nothing"), baseline=True),
)

ABSENT: tuple[Absent, ...] = (
    Absent(
        "docling (PDF, scans)",
        "pdf, scan, picture",
        "MIT",
        "not tried: it asks for torch (from PyPI: gigabytes of GPU packages), and its models are downloaded",
    ),
    Absent(
        "MinerU (scans)",
        "scan, picture",
        "Apache-2.0 with further terms",
        "not tried: 112 packages, and its models are downloaded; its engine for the other kinds, docvortex, was run",
    ),
    Absent(
        "img2table, PaddleOCR",
        "scan, picture",
        "MIT; Apache-2.0",
        "not tried: paddle's models are downloaded, as far as we know",
    ),
)


def peer(name: str) -> Peer:
    """The peer of that name. Raises `KeyError` with the known names."""
    for one in PEERS:
        if one.name == name:
            return one
    raise KeyError(f"no peer {name!r}; known: " + "; ".join(one.name for one in PEERS))
