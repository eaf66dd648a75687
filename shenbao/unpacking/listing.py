"""What is asked of a bounded process before an archive or mail is read: which members it has."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from extract.files.limits import Limits
from shenbao.unpacking.members import MemberListing, file_to_listing


@dataclass(frozen=True, slots=True)
class ListingTask:
    """A file that may be an archive or a mail."""

    path: Path
    limits: Limits


def list_file(task: ListingTask) -> MemberListing:
    """Its members; none of a file that cannot be opened, for its reader says so."""
    try:
        return file_to_listing(task.path, task.limits) if task.path.is_file() else MemberListing()
    except OSError:
        return MemberListing()
