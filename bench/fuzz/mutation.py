"""Bytes changed at a few places, the same ones for the same seed."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from bench.fuzz.pdf_parts import pdf_changed

_MOST_CHANGES = 8
"""Places that are changed in one file, chosen: more of them only make it unreadable sooner."""
_LONGEST_PART = 64
"""Bytes that are put in, taken out or doubled at one place, chosen: about a cell of a form."""
_OFTEN = 300
"""Times that a part is repeated now and then, chosen: it finds what grows with the square."""
_TOKENS = (
    *(b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"\x1a", b"\xf5"),
    *(
        token.encode()
        for token in (
            *(
                "<",
                ">",
                "</table>",
                "<table>",
                "<tr>",
                "<td rowspan=99999>",
                "<td colspan='999999999'>",
                "<!--",
            ),
            *(
                "-->",
                "<![CDATA[",
                "&#x110000;",
                "&#0;",
                "&lt",
                "|",
                "|---|",
                "\t",
                "\r",
                "\n\n",
                "#",
                "```",
                "\\",
            ),
            *(
                '"',
                "'",
                "[",
                "]",
                "{",
                "}",
                ":",
                "- ",
                "&a ",
                "*a",
                "!!python/name:os.system",
                "? ",
                "%YAML 9.9",
            ),
            *(
                "-1",
                "0",
                "1e999",
                "9" * 40,
                "1E+999999999",
                "NaN",
                "٣",
                "½",
                "〇",
                "亿",
                "null",
                "true",
                "1,2,3",
            ),
            *(
                "\u202e",
                "\u200b",
                "\ufeff",
                "\ufffe",
                "\U0010ffff",
                "\u3000",
                "合计",
                "100%",
                "2025年13月45日",
            ),
        )
    ),
)
"""What parsers of forms stumble over: markup, numbers, YAML, JSON, and bytes that are no characters."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A changed file: the sample it was made from, and its bytes.

    `inside`: a part of a package was changed and packed anew, so nothing in the file says that it was damaged. (Of a PDF
    its pages say it: see `pdf_parts.py`.)
    """

    sample: Path
    data: bytes
    inside: bool = False


def mutants(samples: Sequence[Path], seed: int) -> Iterator[Mutant]:
    """Changed files without end, the same ones for the same seed."""
    rng = random.Random(seed)
    contents = {sample: sample.read_bytes() for sample in samples}
    while True:
        sample = rng.choice(samples)
        data = contents[sample]
        is_package, inside = data.startswith(b"PK"), rng.random() < 0.5
        part = part_changed(data, rng) if is_package and inside else None
        if data.startswith(b"%PDF") and inside:
            part = pdf_changed(data, rng)
        yield Mutant(sample, part or changed(data, rng), part is not None and is_package)


def changed(data: bytes, rng: random.Random) -> bytes:
    """The bytes with bits turned, parts put in, taken out or doubled, and now and then without their end."""
    made = bytearray(data)
    for _ in range(rng.randint(1, _MOST_CHANGES)):
        at, length = rng.randrange(len(made) + 1), rng.randint(1, _LONGEST_PART)
        match rng.randrange(7):
            case 0 if at < len(made):
                made[at] ^= 1 << rng.randrange(8)
            case 1:
                made[at:at] = rng.randbytes(length)
            case 2:
                del made[at : at + length]
            case 3:
                made[at:at] = made[at : at + length] * (_OFTEN if rng.random() < 0.05 else 1)
            case 4 if rng.random() < 0.1:
                del made[at:]
            case 5 | 6:
                made[at:at] = rng.choice(_TOKENS)
    return bytes(made)


def part_changed(data: bytes, rng: random.Random) -> bytes | None:
    """A package with one of its parts changed, whole otherwise; `None` for what is no package all the same."""
    file = io.BytesIO()
    try:
        with ZipFile(io.BytesIO(data)) as package, ZipFile(file, "w", ZIP_DEFLATED) as made:
            parts = package.infolist()
            chosen = rng.choice(parts)
            for info in parts:  # with its own date: the same seed makes the same bytes at any time
                part = package.read(info)
                made.writestr(info, changed(part, rng) if info is chosen else part, ZIP_DEFLATED)
    except (BadZipFile, IndexError):
        return None
    return file.getvalue()
