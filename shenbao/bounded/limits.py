"""What reading one file may cost, and why no more."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RunLimits:
    """The limits of the process that reads a file, whatever the file is."""

    timeout_s: int = 900
    """Seconds of wall clock unless `--timeout` says otherwise; a scan of a hundred pages takes ten minutes."""
    memory_mb: int = 4096
    """Megabytes resident in the process and its children unless `--memory` says otherwise; a large scan takes one gigabyte."""
    slack_bytes: int = 512 * 2**20
    """Bytes that libraries reserve and never touch: the system refuses what goes beyond `memory_mb` and this."""
    file_bytes: int = 2 * 2**30
    """One temporary file; the largest archive unfolds to half of it."""
    answer_bytes: int = 256 * 2**20
    """What is taken from a process; a result is smaller by far, and refused there if it is not."""
    result_bytes: int = 50 * 2**20
    """One result document; a form of a hundred pages gives one of two megabytes."""
    archive_depth: int = 3
    """Archives and mails within each other that are opened; mail programs wrap an archive once."""


RUN_LIMITS = RunLimits()
"""The limits in use."""


@dataclass(frozen=True, slots=True)
class WorkLimits:
    """What one file may cost: `seconds` of wall clock, `memory` in bytes resident in its process and its children."""

    seconds: float
    memory: int
