"""What lies in archives, of which the numbers may lie."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from extract.files.limits import Limits
from extract.files.zips import is_systems
from shenbao.ingest.inbox.archive import hash_file
from shenbao.unpacking.containers import ArchiveError
from shenbao.unpacking.members import archive_to_members
from tests.shenbao.ingest.inbox.test_candidates import zipped


def test_an_archive_that_counts_from_before_its_beginning_is_broken_and_stops_no_ingest(
    tmp_path: Path,
) -> None:
    members: dict[str, str | bytes] = {"内.zip": zipped(**{"a.md": "x"}), "b.md": "y"}
    whole = zipped(**members)
    path = tmp_path / "a.zip"
    path.write_bytes(whole[:4] + whole[44:])
    assert [member.name for member in archive_to_members(path, Limits())] == ["内.zip", "b.md"]
    with pytest.raises(ArchiveError, match="无法解压"):
        hash_file(path, (0,))
    assert is_systems(OSError(errno.EIO, "Input/output error"))
    assert not is_systems(OSError("no number"))
