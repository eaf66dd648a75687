"""What we are willing to open and unfold, and why no more."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a file as it lies on the disk, and of the archive that it may be."""

    max_bytes: int = 200 * 1024 * 1024
    """A scan of a hundred pages in colour has 100 MB; a form that was typed has less than one."""
    max_members: int = 10_000
    """Parts of an archive; a Word file with a hundred pictures has 150."""
    max_directory_bytes: int = 4 * 1024 * 1024
    """The list of an archive's parts, read whole before anything else can be said; 10,000 parts need 1 MB."""
    max_unpacked_bytes: int = 1024 * 1024 * 1024
    """All parts of an archive unpacked: what a disk's temporary folder holds without complaint."""
    max_ratio: float = 200.0
    """Unpacked over packed bytes: XML packs 10 to 50 times, what packs better is made to."""
