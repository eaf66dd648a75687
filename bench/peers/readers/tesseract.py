"""tesseract (a process of its own) with its Chinese data, its words put into OpenCV's grid."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
from pathlib import Path

import cv2

from bench.peers.readers.pages import DPI, Image, pictures, upright
from bench.peers.readers.ruled import cell_areas, words_to_cells
from bench.peers.reading import Box, Reading, Table

LANGUAGE = "chi_sim"
MISSING = "apt-get install tesseract-ocr tesseract-ocr-chi-sim"


def lacks() -> str | None:
    """How to get what is missing."""
    if shutil.which("tesseract") is None:
        return MISSING
    known = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False).stdout
    return None if LANGUAGE in known.split() else MISSING


def read(path: Path) -> Reading:
    tables: list[Table] = []
    lines: list[str] = []
    for picture in map(upright, pictures(path)):
        areas = cell_areas(picture)
        table, rest = words_to_cells(areas, words(picture, areas))
        tables.append(table)
        lines += rest
    return Reading(tuple(tables), tuple(lines))


def words(picture: Image, areas: list[tuple[int, int, int, int]]) -> list[Box]:
    """tesseract's words with their boxes. Ruling lines are painted over first: it reads them as characters."""
    clean = picture.copy()
    if areas:
        left, top = min(a[0] for a in areas), min(a[1] for a in areas)
        right, bottom = max(a[2] for a in areas), max(a[3] for a in areas)
        clean[top - 6 : bottom + 6, left - 6 : right + 6] = 255
        for x0, y0, x1, y1 in areas:
            clean[y0 + 1 : y1 - 1, x0 + 1 : x1 - 1] = picture[y0 + 1 : y1 - 1, x0 + 1 : x1 - 1]
    data = cv2.imencode(".png", clean)[1].tobytes()
    command = ["tesseract", "stdin", "stdout", "-l", LANGUAGE, "--psm", "11", "--dpi", str(DPI), "tsv"]
    # one thread: tesseract's own threads cost more than they gain
    done = subprocess.run(
        command, input=data, capture_output=True, check=True, env=os.environ | {"OMP_THREAD_LIMIT": "1"}
    )
    rows = csv.DictReader(io.StringIO(done.stdout.decode()), delimiter="\t", quoting=csv.QUOTE_NONE)
    return [
        (x, y, x + float(row["width"]), y + float(row["height"]), row["text"])
        for row in rows
        if (row["text"] or "").strip()
        for x, y in [(float(row["left"]), float(row["top"]))]
    ]
