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


@dataclass(frozen=True, slots=True)
class UnfoldingLimits:
    """The limits of what a file unfolds to. What is counted is what comes out, not what the file declares."""

    part_bytes: int = 64 * 1024 * 1024
    """One XML part of a Word file, or the shared texts of a workbook; a report of 300 pages has 10 MB."""
    part_tags: int = 1_000_000
    """Tags of an XML part that is held as a whole (300 bytes each); a form has 30,000."""
    sheet_bytes: int = 512 * 1024 * 1024
    """One sheet of a workbook, which is read as a stream; a million formatted rows have 150 MB."""
    sheets: int = 200
    """Sheets of a workbook; a bureau's collection of all departments has 120."""
    cells: int = 500_000
    """Filled and merged cells of a workbook, and the area of one table; a form has 3,000."""
    table_columns: int = 1_000
    """Columns of a table in text or HTML; Word ends at 63, the form has 24."""
    cell_characters: int = 20_000
    """Characters of one cell or line; the longest of a form, a department's duties, has 3,000. Excel ends at 32,767."""
    characters: int = 3_000_000
    """Characters of a whole document, repeated ones counted as often as they are shown; a form has 20,000, a result
    holds each up to ten times."""
    inner_tables: int = 500
    """Tables inside one table of an HTML file; a frame for the page's layout has ten."""
    nested_tables: int = 8
    """Tables within tables; Word's own dialogs give up at about as many."""
    text_pieces: int = 200_000
    """Lines and cells of a text file; a form has 3,000, and each takes a kilobyte once it is read."""
    text_bytes: int = 8_000_000
    """A text file; OCR text of a form has 50 kB, the same with a page of HTML around each cell 2 MB."""


UNFOLDING = UnfoldingLimits()
"""The limits in use."""
