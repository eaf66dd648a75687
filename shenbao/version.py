"""Which shenbao this is."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version

NOT_INSTALLED = "not installed"
"""What stands for the version of a checkout that is run without being installed."""


@cache
def program_version() -> str:
    """The installed version, such as `0.2.0`."""
    try:
        return version("shenbao")
    except PackageNotFoundError:
        return NOT_INSTALLED
