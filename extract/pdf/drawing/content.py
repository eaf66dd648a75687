"""A content stream of a PDF into its operations, and how much of it is no content: after ISO 32000-1, 7.2 to 7.8.

pdfminer parses such streams, too, but passes over what it does not understand, and needs most of the time a page takes.
"""

from __future__ import annotations

import re
from binascii import unhexlify
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from pdfminer.pdftypes import PDFStream
from pdfminer.psparser import LIT

Operand = Any
"""A number, a name (pdfminer's `PSLiteral`), bytes, a list or a dictionary of them, or an inline image."""
Operation = tuple[str, list[Operand], bool]
"""An operator, its operands, and whether these are known to be nothing but numbers, each a `float`."""

_OPERATOR_WORDS = """
b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K k l M m MP n q Q re RG rg
ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' "
"""
OPERATORS = frozenset(_OPERATOR_WORDS.split())
"""Every operator of content streams (ISO 32000-1, table A.1)."""
_PLAIN = {name.encode(): name for name in OPERATORS - {"BI", "ID", "EI", "BX", "EX"}}
"""The operators that mean the same wherever they stand, by their bytes."""
_NUMBER_SIGNS = frozenset(b"0123456789+-.")
_SLASH = ord("/")
_NUMBER, _WORD, _NAME, _HEX, _STRING = 1, 2, 3, 4, 5
_TOKEN = re.compile(
    rb"(?:[\x00\t\n\f\r ]++|%[^\r\n]*+)*+"
    rb"(?:([+-]?(?:\d+\.?\d*|\.\d+)(?=[\x00\t\n\f\r ()<>\[\]{}/%]|\Z))"
    rb"|([^\x00\t\n\f\r ()<>\[\]{}/%]+)"
    rb"|/([^\x00\t\n\f\r ()<>\[\]{}/%]*)"
    rb"|<([0-9A-Fa-f\x00\t\n\f\r ]*)>"
    rb"|\(([^()\\\r]*)\)"
    rb"|(\[|\]|<<|>>|[({})<>]))"
)
_PLAIN_PARTS = {
    b"blanks": rb"[\t\n\f\r ]*+",
    b"gap": rb"[\t\n\f\r ]++",
    b"name": rb"/[^#\x00\t\n\f\r ()<>\[\]{}/%]++",
    b"number": rb"[+-]?(?:\d{1,15}+(?:\.\d*+)?|\.\d++)",
    b"string": rb"(?:<(?:[0-9A-Fa-f]{2})*+>|\([^()\\\r]*+\))",
    b"hex": rb"<(?:[0-9A-Fa-f]{2})*+>",
}
_PLAIN_OPERANDS = (
    rb"(?:%(number)b%(gap)b)*+",
    rb"%(string)b%(blanks)b",
    rb"\[(?:%(blanks)b(?:%(string)b|%(number)b(?=[\t\n\f\r ()<>\]])))*+%(blanks)b\]%(blanks)b",
    rb"%(name)b%(gap)b\d{1,15}+(?:\.\d*+)?%(gap)b",
    rb"%(name)b%(blanks)b<<%(blanks)b/[A-Za-z]++%(blanks)b(?:\d{1,15}+|%(hex)b)%(blanks)b>>%(blanks)b(?=BDC)",
)
_OPERATION = re.compile(
    rb"(?:%(blanks)b" % _PLAIN_PARTS
    + rb"(%b)" % b"|".join(operands % _PLAIN_PARTS for operands in _PLAIN_OPERANDS)
    + rb"([A-Za-z*'\"]{1,3}+)(?=[\x00\t\n\f\r ()<>\[\]{}/%]|\Z))|[\x00-\xff]"
)
"""A whole operation as most are, its operands and its operator: numbers, one string or list of strings and numbers, a font and
its size, or the beginning of marked content with one property, of which every piece of a tagged page has one. Where
something is written otherwise, a match has no groups.
"""
_MARKED = re.compile(rb"/([^\s<]++)\s*+<<\s*+/([A-Za-z]++)\s*+(?:(\d++)|<([0-9A-Fa-f]*+)>)")
_SHOWN = re.compile(rb"<([0-9A-Fa-f]*+)>|\(([^)]*+)\)|([0-9.+-]++)")
_INLINE_END = re.compile(rb"[\x00\t\n\f\r ]EI(?=[\x00\t\n\f\r ]|\Z)")
_WHITE = re.compile(rb"[\x00\t\n\f\r ]+")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_LOOSE_NUMBER = re.compile(rb"[+-]*(\d*\.?\d*)(?:[.-]\d*)*")
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


@dataclass(slots=True)
class ContentDamage:
    """What was wrong in a page's content: tokens that mean nothing, and strings or lists that never end."""

    tokens: int = 0
    unclosed: int = 0
    streams: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.tokens or self.unclosed or self.streams)


def content_to_operations(data: bytes, damage: ContentDamage) -> Iterator[Operation]:
    """Each operator of a content stream with the operands before it. What means nothing is counted in `damage`.

    An inline image is the operator `EI` with one operand, its stream.
    """
    place, tolerant = 0, 0
    operands: list[Operand] = []
    open_lists: list[list[Operand]] = []
    while True:
        if not operands and not open_lists:
            place = yield from _whole_operations(data, place)
        if not (match := _TOKEN.match(data, place)):
            break
        place, kind = match.end(), match.lastindex
        if kind == _NUMBER:
            text = match[_NUMBER]
            operands.append(float(text) if b"." in text else int(text))
        elif kind == _WORD:
            word = match[_WORD].decode("latin-1")
            if word not in OPERATORS:
                value = _word_to_value(match[_WORD])
                if value is None:
                    damage.tokens += not tolerant
                else:
                    operands.append(value)
                continue
            damage.unclosed += len(open_lists)
            open_lists.clear()
            if word == "ID":
                image, place = _inline_image(data, place, operands)
                damage.unclosed += place > len(data)
                yield "EI", [image], False
            elif word not in ("BI", "EI"):
                tolerant += (word == "BX") - (word == "EX")
                yield word, operands, False
            operands = []
        else:
            operands, place = _other_token(data, place, match, operands, open_lists, damage)
    damage.unclosed += len(open_lists) + bool(operands)


def _whole_operations(data: bytes, place: int) -> Generator[Operation, None, int]:
    """The operations from `place` on that are written as most are, and the place of the first that is not."""
    for match in _OPERATION.finditer(data, place):
        operands, word = match.groups()
        name = _PLAIN.get(word)
        if name is None:
            break
        if not operands:
            yield name, [], True
        elif (first := operands[0]) in _NUMBER_SIGNS:
            yield name, list(map(float, operands.split())), True
        elif first != _SLASH:
            yield name, [_shown(operands)], False
        elif b"<<" in operands:
            yield name, _marking(operands), False
        else:
            yield name, [*_sized_font(operands)], False
        place = match.end()
    return place


@lru_cache(maxsize=256)
def _sized_font(operands: bytes) -> tuple[Operand, float]:
    font, size = operands.split()
    return bytes_to_name(font[1:]), float(size)


def _shown(operand: bytes) -> Operand:
    """A plain string, or a list of plain strings and numbers."""
    bare = operand.rstrip()
    if bare[:1] == b"[":
        return [
            float(number) if b"." in number else int(number) if number else text or unhexlify(digits)
            for digits, text, number in _SHOWN.findall(bare)
        ]
    return bare[1:-1] if bare[:1] == b"(" else unhexlify(bare[1:-1])


def _marking(operands: bytes) -> list[Operand]:
    """The operands of marked content: its tag and its property."""
    match = _MARKED.match(operands)
    assert match is not None
    tag, key, number, digits = match.groups()
    value = unhexlify(digits) if number is None else int(number)
    return [bytes_to_name(tag), {key.decode("ascii"): value}]


def _other_token(
    data: bytes,
    place: int,
    match: re.Match[bytes],
    operands: list[Operand],
    open_lists: list[list[Operand]],
    damage: ContentDamage,
) -> tuple[list[Operand], int]:
    """Takes a name or a string, or goes into or out of a list; the operands and the place to go on with."""
    if match.lastindex == _NAME:
        operands.append(bytes_to_name(match[_NAME]))
    elif match.lastindex == _HEX:
        operands.append(_hex_to_bytes(match[_HEX]))
    elif match.lastindex == _STRING:
        operands.append(match[_STRING])
    else:
        return _structure(data, place, match[match.lastindex or 0], operands, open_lists, damage)
    return operands, place


def _structure(
    data: bytes,
    place: int,
    mark: bytes,
    operands: list[Operand],
    open_lists: list[list[Operand]],
    damage: ContentDamage,
) -> tuple[list[Operand], int]:
    """Goes into or out of a list or a dictionary, or over a string with brackets or escapes in it."""
    if mark in (b"[", b"<<"):
        open_lists.append(operands)
        return [], place
    if mark in (b"]", b">>") and open_lists:
        outer = open_lists.pop()
        outer.append(operands if mark == b"]" else _pairs(operands))
        return outer, place
    if mark == b"(":
        text, after = _string(data, place)
        damage.unclosed += after > len(data)
        operands.append(text)
        return operands, after
    damage.tokens += 1
    return operands, place


def _pairs(items: list[Operand]) -> dict[str, Operand]:
    return {
        str(getattr(key, "name", key)): value for key, value in zip(items[::2], items[1::2], strict=False)
    }


def bytes_to_name(raw: bytes) -> Operand:
    """A name as pdfminer has it, `#xx` resolved."""
    if b"#" in raw:
        raw = _ESCAPE.sub(lambda found: bytes((int(found[1], 16),)), raw)
    try:
        return LIT(raw.decode("utf-8"))
    except UnicodeDecodeError:
        return LIT(raw)


def _hex_to_bytes(digits: bytes) -> bytes:
    plain = _WHITE.sub(b"", digits)
    return bytes.fromhex((plain + b"0" * (len(plain) % 2)).decode("ascii"))


def _word_to_value(word: bytes) -> Operand:
    """What a word that is no operator stands for; `None` when it means nothing.

    Writers of PDF are known to print `--5`, `5.-3` and `1.2.3`; readers take the number before the second sign.
    """
    if word in (b"true", b"false", b"null"):
        return {b"true": True, b"false": False, b"null": 0}[word]
    found = _LOOSE_NUMBER.fullmatch(word)
    if found is None:
        return None
    number = float(found[1]) if found[1].strip(b".") else 0.0
    return -number if word.startswith(b"-") else number


def _string(data: bytes, place: int) -> tuple[bytes, int]:
    """The string whose opening bracket stands before `place`, and the place after it; one more than the end when it
    never closes.
    """
    parts: list[bytes] = []
    depth = 1
    for found in _STRING_PART.finditer(data, place):
        part = found[0]
        if part == b"(":
            depth += 1
        elif part == b")":
            depth -= 1
            if not depth:
                return b"".join(parts), found.end()
        elif part[:1] == b"\\":
            part = _unescaped(part[1:])
        elif part in (b"\r\n", b"\r"):
            part = b"\n"
        parts.append(part)
    return b"".join(parts), len(data) + 1


_STRING_PART = re.compile(rb"[^()\\\r]+|\\(?:[0-7]{1,3}|\r\n|.)|\r\n|[()\r]", re.DOTALL)


def _unescaped(code: bytes) -> bytes:
    if code[:1].isdigit() and code[:1] < b"8":
        return bytes((int(code, 8) & 255,))
    if code in (b"\n", b"\r", b"\r\n"):
        return b""
    return _ESCAPED.get(code, code)


def _inline_image(data: bytes, place: int, items: list[Operand]) -> tuple[PDFStream, int]:
    """The inline image whose data begins after the blank at `place`, and the place after it."""
    found = _INLINE_END.search(data, place)
    stop = found.start() if found else len(data)
    return PDFStream(_pairs(items), data[place + 1 : stop]), found.end() if found else len(data) + 1
