"""A workbook without the moment of its making: the same content is the same bytes, and a changed file is a changed content."""

from __future__ import annotations

import re
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_CORE = "docProps/core.xml"
_MOMENT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_BEGINNING = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip archive can name."""
_BEGINNING_XML = rb"\g<1>1980-01-01T00:00:00Z"


def without_moment(made: Path | BinaryIO, target: Path | BinaryIO) -> None:
    """Write the workbook `made` to `target` with one fixed moment in the place of those in it."""
    with ZipFile(made) as source, ZipFile(target, "w", ZIP_DEFLATED) as same:
        for member in source.infolist():
            info = ZipInfo(member.filename, _BEGINNING)
            info.compress_type, info.external_attr = ZIP_DEFLATED, 0o600 << 16
            with source.open(member) as read, same.open(info, "w", force_zip64=True) as written:
                if member.filename == _CORE:
                    written.write(_MOMENT.sub(_BEGINNING_XML, read.read()))
                else:
                    while part := read.read(1 << 20):
                        written.write(part)
