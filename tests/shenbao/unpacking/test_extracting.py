"""`shenbao extract` on archives: a result for each member, named after the way to it."""

from __future__ import annotations

import json
from pathlib import Path

from shenbao.batch import BatchOptions, FileInput, read_all, with_members
from shenbao.bounded.limits import WorkLimits
from shenbao.readers import Settings
from tests.places import ROOT
from tests.shenbao.unpacking.test_members import packed_7z, saved, zipped

OPTIONS = BatchOptions(Settings(), WorkLimits(120, 2 * 2**30))
FORM = (ROOT / "samples" / "jiaotong-ocr.md").read_bytes()


def test_every_member_has_a_result_of_its_own_and_a_broken_one_says_so(tmp_path: Path) -> None:
    inner = bytearray(zipped({"表.md": FORM, "坏.md": FORM}))
    broken = inner.rindex(b"\xe5\x9d\x8f.md", 0, inner.index(b"PK\x01\x02")) + len("坏.md".encode())
    inner[broken + 10] ^= 0xFF  # the second member no longer agrees with its checksum
    path = saved(tmp_path, "a.zip", zipped({"一科/表.md": FORM, "内.zip": bytes(inner)}))
    locked = saved(tmp_path, "b.7z", packed_7z({"表.md": FORM}, "secret"))
    inputs = with_members([FileInput("a.zip", path), FileInput("b.7z", locked)], OPTIONS)
    read = {one.name: json.loads(one.document or "{}") for one in read_all(inputs, OPTIONS)}
    assert {name: found["status"] for name, found in read.items()} == {
        "a.zip!一科!表.md": "accepted",
        "a.zip!内.zip!表.md": "accepted",
        "a.zip!内.zip!坏.md": "rejected",
        "b.7z": "rejected",
    }
    assert [found["code"] for found in read["a.zip!内.zip!坏.md"]["findings"]] == ["file-damaged"]
    assert [found["code"] for found in read["b.7z"]["findings"]] == ["file-encrypted"]
    assert read["a.zip!一科!表.md"]["source"]["name"] == "a.zip!一科!表.md"
    assert list(tmp_path.iterdir()) == [path, locked]
