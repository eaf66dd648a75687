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


def compound_of(streams: dict[tuple[str, ...], bytes]) -> bytes:
    """A compound file with these streams, at most one folder deep, as [MS-CFB] 2 lays it out.

    Streams are padded with zeros to 4096 bytes: smaller ones would have to stand in a stream of their own.
    """
    streams = {path: data.ljust(4096, b"\0") for path, data in streams.items()}
    folders = list(dict.fromkeys(path[0] for path in streams if len(path) > 1))
    entries: list[tuple[str, int, int, int, int, int]] = []  # name, kind, right sibling, child, start, size
    contents: list[bytes] = []
    top: list[tuple[str, ...]] = [path for path in streams if len(path) == 1]
    top += [(folder,) for folder in folders]
    names: list[tuple[str, ...]] = [("Root Entry",), *top]
    names += [path for path in streams if len(path) > 1]
    place = {path: n for n, path in enumerate(names)}
    sector = 0
    starts: dict[tuple[str, ...], int] = {}
    for path, data in streams.items():
        starts[path] = sector
        contents.append(data.ljust(-(-len(data) // 512) * 512, b"\0"))
        sector += len(contents[-1]) // 512
    for path in names:
        inside = [one for one in streams if len(one) > 1 and one[:1] == path]
        siblings = top if path in top else [one for one in streams if len(one) > 1 and one[:1] == path[:1]]
        following = siblings.index(path) + 1 if path in siblings else len(siblings)
        right = place[siblings[following]] if following < len(siblings) else FREE
        child = place[top[0]] if path == ("Root Entry",) else place[inside[0]] if inside else FREE
        kind = 5 if path == ("Root Entry",) else 2 if path in streams else 1
        size = len(streams.get(path, b""))
        entries.append((path[-1], kind, right, child, starts.get(path, END), size))
    return _compound_bytes(entries, contents)


def _compound_bytes(entries: list[tuple[str, int, int, int, int, int]], contents: list[bytes]) -> bytes:
    """Header, one table of sectors, the directory and the streams."""
    lists = -(-len(entries) // 4)
    first = 1 + lists
    fat = [FAT, *range(2, 1 + lists), END]
    for data in contents:
        count = len(data) // 512
        fat += [*range(len(fat) + 1, len(fat) + count), END]
    directory = b""
    for name, kind, right, child, start, size in entries:
        text = name.encode("utf-16-le")
        head = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text) + 2, kind, 1, FREE, right, child)
        begin = start + first if kind == 2 else END
        directory += head + bytes(36) + struct.pack("<IQ", begin, size)
    directory = directory.ljust(lists * 512, b"\0")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<10I108I", 0, 1, 1, 0, 4096, END, 0, END, 0, 0, *[FREE] * 108)
    table = struct.pack("<128I", *fat, *[FREE] * (128 - len(fat)))
    return header + table + directory + b"".join(contents)
