"""Whether a map from a font's codes to characters (ISO 32000-1, 9.10.3) is whole: pdfminer passes over what it does not
understand, and the characters of the codes that were there are lost, or others'.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_COMMENT = re.compile(rb"%[^\r\n]*")
_BLOCK = re.compile(
    rb"(\d+)\s+begin(bfchar|bfrange|codespacerange|cidchar|cidrange|notdefchar|notdefrange)\b(.*?)\bend\2\b",
    re.DOTALL,
)
_MARK = re.compile(
    rb"\b(?:begin|end)(?:bfchar|bfrange|codespacerange|cidchar|cidrange|notdefchar|notdefrange)\b"
)
_CODE = rb"\s*+<[\s0-9A-Fa-f]++>"
_ONE = {
    b"bfchar": _CODE + rb"(?:" + _CODE + rb"|\s*+/[^\s<>\[\]()/%]++)",
    b"bfrange": _CODE * 2 + rb"(?:" + _CODE + rb"|\s*+\[(?:" + _CODE + rb")*+\s*+\])",
    b"codespacerange": _CODE * 2,
    b"cidchar": _CODE + rb"\s*+\d++",
    b"cidrange": _CODE * 2 + rb"\s*+\d++",
    b"notdefchar": _CODE + rb"\s*+\d++",
    b"notdefrange": _CODE * 2 + rb"\s*+\d++",
}
_ENTRY = {kind: re.compile(entry) for kind, entry in _ONE.items()}
_ENTRIES = {kind: re.compile(rb"(?:" + entry + rb")*+\s*+") for kind, entry in _ONE.items()}
_DIGITS = re.compile(rb"<([\s0-9A-Fa-f]*)>")


def is_whole_map(cmap: bytes) -> bool:
    """Whether every entry of a map of characters can be understood, and there are as many as it says."""
    text = _COMMENT.sub(b"", cmap)
    blocks = list(_BLOCK.finditer(text))
    if b"begincmap" not in text or b"endcmap" not in text or 2 * len(blocks) != len(_MARK.findall(text)):
        return False
    said: dict[bytes, bytes] = {}
    for block in blocks:
        count, kind, body = int(block[1]), block[2], block[3]
        if not _ENTRIES[kind].fullmatch(body):
            return False
        entries = [found[0] for found in _ENTRY[kind].finditer(body)]
        if len(entries) != count or not all(map(_is_sound, entries)):
            return False
        if kind == b"bfchar":
            for code, character in _pairs(entries):
                if said.setdefault(code, character) != character:
                    return False
    return True


def _is_sound(entry: bytes) -> bool:
    """Whether an entry's digits are bytes, its characters whole, and its codes of one length and in order."""
    parts = [b"".join(digits.split()) for digits in _DIGITS.findall(entry)]
    codes = parts[:2] if len(parts) > 2 or b"[" in entry else parts[:1]
    if any(len(digits) % 2 for digits in parts) or len({len(code) for code in codes}) > 1:
        return False
    return len(codes) < 2 or int(codes[0] or b"0", 16) <= int(codes[1] or b"0", 16)


def _pairs(entries: list[bytes]) -> Iterator[tuple[bytes, bytes]]:
    for entry in entries:
        code, _, character = entry.partition(b">")
        yield b"".join(code.split()).lower(), b"".join(character.split()).lower()
