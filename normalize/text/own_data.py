"""Where a bureau's own files lie: layouts, catalogues, confusions, wordings."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

VARIABLE = "SHENBAO_DATA"
"""The variable that names a folder of a bureau's own files."""


def data_folders() -> tuple[Path, ...]:
    """The folders of a bureau's own files, as they are asked for now; none need exist."""
    return _folders(os.environ.get(VARIABLE), os.environ.get("HOME"))


@cache
def _folders(named: str | None, home: str | None) -> tuple[Path, ...]:
    own = (Path(home, ".config", "shenbao"),) if home else ()
    return (*own, *([Path(named)] if named else []))
