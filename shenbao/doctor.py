"""What this machine has of what shenbao uses: packages, the recogniser and its weights, extras, kinds of files, fonts."""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import Literal

from extract.files.kinds import Kind
from extract.ocr.engine import EngineError
from extract.ocr.rapid import RapidEngine
from shenbao.bounded.jail import LEAST_JAIL, jail_version

Health = Literal["ok", "missing", "broken"]

_NEEDED = (
    "pdfminer.six",
    "pypdfium2",
    "python-docx",
    "openpyxl",
    "opencv-python-headless",
    "onnxruntime",
    "rapidocr",
)
_EXTRAS = {
    "duckdb": ("duckdb", "results as a DuckDB file", "pip install 'shenbao[tables]'"),
    "psycopg": ("psycopg", "results into PostgreSQL", "pip install 'shenbao[tables]'"),
    "pyarrow": ("pyarrow", "results as Parquet files", "pip install 'shenbao[tables]'"),
    "py7zr": ("py7zr", "7z archives", "pip install 'shenbao[archives]'"),
    "pillow_heif": ("pillow-heif", "HEIC photos from phones", "pip install 'shenbao[heic]'"),
}
"""Module → distribution, what it is for, how to get it."""
_READ_BY: Mapping[Kind, str] = {
    Kind.PDF: "PDF: pdfminer.six and pypdfium2, its pictures by the recogniser",
    Kind.OFD: "OFD: lxml, its pictures by the recogniser",
    Kind.DOCX: "Word (.docx): lxml",
    Kind.DOC: "old Word (.doc, .wps): msdoc2docx",
    Kind.XLSX: "Excel (.xlsx): openpyxl",
    Kind.XLS: "old Excel (.xls, .et): xlrd",
    Kind.SPREADSHEET_XML: "Excel's XML of 2003: lxml",
    Kind.HTML: "HTML: lxml",
    Kind.MHTML: "saved web pages (MHTML): the standard library, lxml",
    Kind.TEXT: "text, Markdown, CSV of any OCR: our own parser",
    Kind.JSON: "JSON of MinerU, PaddleOCR, docling, Azure: our own parser",
    Kind.PNG: "pictures (PNG): Pillow, the recogniser",
    Kind.JPEG: "pictures (JPEG): Pillow, the recogniser",
    Kind.TIFF: "pictures (TIFF): Pillow, the recogniser",
    Kind.HEIC: "photos (HEIC): pillow-heif, the recogniser",
    Kind.ZIP: "archives (.zip): the standard library",
    Kind.TAR: "archives (.tar, .gz, .bz2, .xz): the standard library",
    Kind.SEVEN_ZIP: "archives (.7z): py7zr",
    Kind.MAIL: "mails (.eml): the standard library",
    Kind.OUTLOOK: "mails (.msg): olefile",
}
"""Each kind of file that is read or looked into, and what does it."""
_EXTRA_OF = {Kind.HEIC: ("pillow_heif", "heic"), Kind.SEVEN_ZIP: ("py7zr", "archives")}
"""Kinds that are read only where a package is installed: its module, and the extra that brings it."""
_CAREFUL_ZIP = (3, 11, 8)
"""The first Python whose `zipfile` refuses parts of an archive that overlap (gh-109858)."""
_OFFICE = ("soffice", "libreoffice")


@dataclass(frozen=True, slots=True)
class MachineCheck:
    """One thing looked for. `needed`: without it the main job does not run. `advice` says how to get it."""

    name: str
    state: Health
    detail: str
    needed: bool = False
    advice: str = ""


def examine() -> Iterator[MachineCheck]:
    """Look for everything, the needed first; takes a second or two, because the recogniser is tried out."""
    yield MachineCheck("python", "ok", f"{platform.python_version()} ({sys.executable})", needed=True)
    if sys.version_info < _CAREFUL_ZIP:
        detail = "does not notice parts of an archive that overlap; limits of size and ratio still hold"
        yield MachineCheck("python's zip", "missing", detail, advice="install Python 3.11.8 or newer")
    yield from map(_package, _NEEDED)
    yield _recogniser()
    for module, (name, purpose, advice) in _EXTRAS.items():
        found = find_spec(module) is not None
        detail = f"{version(name)}: {purpose}" if found else purpose
        yield MachineCheck(name, "ok" if found else "missing", detail, advice="" if found else advice)
    yield from map(_kind, _READ_BY)
    yield _jail()
    yield _office()
    yield _fonts()


def _package(name: str) -> MachineCheck:
    try:
        return MachineCheck(name, "ok", version(name), needed=True)
    except PackageNotFoundError:
        return MachineCheck(name, "missing", "not installed", needed=True, advice="make clean && make run")


def _kind(kind: Kind) -> MachineCheck:
    """Whether files of the kind are read here, and by what."""
    module, extra = _EXTRA_OF.get(kind, ("", ""))
    there = not module or find_spec(module) is not None
    advice = "" if there else f"pip install 'shenbao[{extra}]'"
    return MachineCheck(
        f"kind {kind.name.lower()}", "ok" if there else "missing", _READ_BY[kind], advice=advice
    )


def _recogniser() -> MachineCheck:
    """Recognises a drawn line, so that weights that do not load are seen here and not in the first scan."""
    import cv2  # noqa: PLC0415
    import numpy as np  # noqa: PLC0415

    engine = RapidEngine()
    line = np.full((48, 200, 3), 255, np.uint8)
    cv2.putText(line, "1932.41", (8, 36), cv2.FONT_HERSHEY_SIMPLEX, 1.1, (0, 0, 0), 2)
    advice = "pip install --force-reinstall rapidocr onnxruntime"
    try:
        text = engine.read([line])[0].text
    except (EngineError, ImportError, OSError, RuntimeError) as error:
        return MachineCheck("recogniser", "broken", str(error), needed=True, advice=advice)
    if text != "1932.41":
        return MachineCheck("recogniser", "broken", f"reads {text!r} for 1932.41", needed=True, advice=advice)
    return MachineCheck("recogniser", "ok", engine.version, needed=True)


def _jail() -> MachineCheck:
    """Whether processes that read can be jailed (`--jail`)."""
    found = jail_version()
    if found >= LEAST_JAIL:
        return MachineCheck("jail", "ok", f"Landlock {found}: extract and ingest take --jail")
    return MachineCheck("jail", "missing", "no Landlock: --jail is refused", advice="Linux 5.19 or newer")


def _office() -> MachineCheck:
    program = next((found for name in _OFFICE if (found := shutil.which(name))), None)
    if program is None:
        return MachineCheck(
            "LibreOffice", "missing", "only for the bench", advice="apt-get install libreoffice-core"
        )
    return MachineCheck("LibreOffice", "ok", f"{program} (only for the bench)")


def _fonts() -> MachineCheck:
    """A Chinese font: nothing is read with it; pictures and printed test forms are drawn with it."""
    advice = "apt-get install fonts-noto-cjk"
    if shutil.which("fc-list") is None:
        return MachineCheck(
            "Chinese fonts", "missing", "fc-list is not installed", advice=f"{advice} fontconfig"
        )
    found = subprocess.run(["fc-list", ":lang=zh", "family"], capture_output=True, text=True, check=False)
    families = sorted({line.split(",")[0] for line in found.stdout.splitlines() if line})
    if not families:
        return MachineCheck("Chinese fonts", "missing", "only for the bench", advice=advice)
    return MachineCheck("Chinese fonts", "ok", ", ".join(families[:4]))
