"""What the figures were measured on: no names of hosts, no paths."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from pathlib import Path

import psutil

from bench.accuracy.store import versions
from bench.report.shown import Shown

PACKAGES = (
    "numpy",
    "opencv-python-headless",
    "onnxruntime",
    "rapidocr",
    "pdfplumber",
    "pypdfium2",
    "camelot-py",
    "rapidfuzz",
    "python-docx",
    "openpyxl",
    "lxml",
    "pydantic",
)
PROGRAMS = {"LibreOffice": "soffice", "Chromium": "chromium", "tesseract": "tesseract"}


def processor() -> str:
    """The processor's own name, where the system tells it."""
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def program_version(program: str) -> str:
    """The first number in what a program says about itself."""
    if shutil.which(program) is None:
        return "not installed"
    told = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    return next((word for word in told.split() if word[:1].isdigit()), "unknown")


def machine() -> Shown:
    """Processor, memory, system and versions."""
    memory = psutil.virtual_memory().total / 2**30
    rows = [
        ("processor", f"{processor()}, {os.cpu_count()} cores, {memory:.0f} GB"),
        ("system", f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"),
    ]
    rows += [(name, program_version(program)) for name, program in PROGRAMS.items()]
    rows += versions(PACKAGES).items()
    return Shown("Machine and versions", "", ("", "version"), tuple(rows))
