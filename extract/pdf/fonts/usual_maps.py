"""What a font's map says its codes stand for, where it is written as nearly all writers print it (ISO 32000-1, 9.10.3)."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SECTION = re.compile(rb"\bbeginbf(char|range)\s*((?:<(?:[0-9A-Fa-f]{2})+>\s*)*)endbf\1\b")
_UNUSUAL = re.compile(rb"%|\\|\b(?:usecmap|begincid\w*|beginnotdef\w*)\b")
"""What this reading knows nothing of: comments, escapes, other maps, and sections that say something else."""
_SPACE_AND_OPENING = b" \t\n\v\f\r<"
_CODE_BYTES = 4
"""No code has more bytes."""
_NO_BREAK_SPACE = "\xa0"


def bytes_to_map(data: bytes) -> dict[int, str] | None:
    """The characters that codes stand for; `None` for a map that is written in any other way than the usual one."""
    sections = list(_SECTION.finditer(data))
    if len(sections) != data.count(b"beginbf") or data.count(b"begincmap") > 1 or _UNUSUAL.search(data):
        return None
    if sections and not data.find(b"begincmap") < sections[0].start() <= sections[-1].end() <= _end(data):
        return None
    found: dict[int, str] = {}
    for section in sections:
        digits = section[2].translate(None, _SPACE_AND_OPENING).decode("ascii").split(">")[:-1]
        add, size = (_add_char, 2) if section[1] == b"char" else (_add_range, 3)
        for codes in zip(*[map(bytes.fromhex, digits)] * size, strict=False):
            if not add(codes, found):
                return None
    return found


def _end(data: bytes) -> int:
    place = data.find(b"endcmap")
    return len(data) if place < 0 else place


def _add_char(codes: Sequence[bytes], found: dict[int, str]) -> bool:
    code, text = codes
    return _add(int.from_bytes(code), text, found) if len(code) <= _CODE_BYTES else False


def _add_range(codes: Sequence[bytes], found: dict[int, str]) -> bool:
    """Adds the codes from the first to the last: the last four bytes of their text count upwards."""
    first, last, text = codes
    start, end, base = int.from_bytes(first), int.from_bytes(last), int.from_bytes(text[-4:])
    if len(first) != len(last) or len(first) > _CODE_BYTES or base + end - start >= 1 << 32:
        return False
    for n in range(end - start + 1):
        _add(start + n, text[:-4] + (base + n).to_bytes(4)[-min(4, len(text)) :], found)
    return True


def _add(code: int, text: bytes, found: dict[int, str]) -> bool:
    char = text.decode("utf-16-be", "ignore")
    # some fonts have both blanks on one code
    if char != _NO_BREAK_SPACE or found.get(code) != " ":
        found[code] = char
    return True
