"""Archives and compound files from their parts."""

from __future__ import annotations

import struct
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import docx

FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def saved(folder: Path, data: bytes) -> Path:
    path = folder / "submission.pdf"
    path.write_bytes(data)
    return path


def word(folder: Path) -> Path:
    path = folder / "word.bin"
    docx.Document().save(str(path))
    return path


def archive(folder: Path, members: dict[str, bytes], packing: int = ZIP_DEFLATED) -> Path:
    path = folder / "archive.bin"
    with ZipFile(path, "w", packing) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return path


def entry(name: str, kind: int, start: int, size: int, child: int = FREE) -> bytes:
    text = name.encode("utf-16-le")
    head = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text) + 2, kind, 1, FREE, FREE, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)


def compound(folder: Path, stream: str, content: bytes) -> Path:
    """A compound file with one stream of eight or more sectors, as [MS-CFB] 2 lays it out."""
    content = content.ljust(4096, b"\0")
    sectors = len(content) // 512
    numbers = (0, 1, 1, 0, 4096, END, 0, END, 0, 0)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<10I108I", *numbers, *[FREE] * 108)
    fat = [FAT, END, *range(3, 2 + sectors), END]
    directory = entry("Root Entry", 5, END, 0, child=1) + entry(stream, 2, 2, len(content)) + bytes(256)
    table = struct.pack("<128I", *fat, *[FREE] * (128 - len(fat)))
    return saved(folder, header + table + directory + content)
