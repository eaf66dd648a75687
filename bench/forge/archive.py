"""Office files without the time of their making, so that a seed gives the same bytes."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from pathlib import Path

MADE = dt.datetime(2025, 10, 20, 9, 0, 0)
"""When every forged file says it was made."""
MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
"""openpyxl writes the present time here, whatever the properties say."""


def write_timeless(content: bytes, path: Path) -> None:
    """Write a ZIP archive with every member dated `MADE`, in its own order."""
    with (
        zipfile.ZipFile(io.BytesIO(content)) as given,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in given.namelist():
            member = zipfile.ZipInfo(name, MADE.timetuple()[:6])
            member.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(
                member, MODIFIED.sub(rb"\g<1>" + MADE.isoformat().encode() + b"Z", given.read(name))
            )
