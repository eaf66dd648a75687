"""The elements of a Word file's markup that are on the page once every change is accepted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from docx.oxml.ns import qn

from extract.office.package import Element

P, R, T, BR, SYM, VAL = map(qn, ("w:p", "w:r", "w:t", "w:br", "w:sym", "w:val"))
TBL, TR, TC, SDT, BOX = map(qn, ("w:tbl", "w:tr", "w:tc", "w:sdt", "w:txbxContent"))
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
PROPERTIES = ("w:pPr", "w:rPr", "w:tblPr", "w:trPr", "w:tcPr", "w:sdtPr")
LEFT_OUT = frozenset(map(qn, ("w:del", "w:moveFrom", "w:rt", *PROPERTIES)))
"""What is not on the accepted page: deletions, properties and the pinyin above a character."""
_WHOLE = re.compile(r"[-+]?[0-9]{1,9}")
REMOVED = ("w:trPr/w:del", "w:trPr/w:hidden", "w:tcPr/w:cellDel")


def accepted(node: Element) -> Iterator[Element]:
    """The children that remain: no deletions, one alternative of several, no prompts of empty form fields."""
    for child in node:
        if child.tag == ALTERNATE:
            for choice in list(child)[:1]:
                yield from accepted(choice)
        elif child.tag not in LEFT_OUT and not (child.tag == SDT and has(child, "w:sdtPr/w:showingPlcHdr")):
            yield child


def children(node: Element, tags: tuple[str, ...]) -> Iterator[Element]:
    """The nearest `tags` in `node`, through content controls and the like; without deleted rows and cells."""
    for child in accepted(node):
        if child.tag not in tags:
            yield from () if child.tag in (P, TBL) else children(child, tags)
        elif not any(has(child, path) for path in REMOVED):
            yield child


@cache
def _path(path: str) -> str:
    return "/".join(map(qn, path.split("/")))


def at(node: Element, path: str) -> Element | None:
    """What stands at `path`, such as `w:tcPr/w:vMerge`."""
    return node.find(_path(path))


def has(node: Element, path: str) -> bool:
    """Whether `node` has a descendant at `path`, such as `w:pPr/w:rPr`."""
    return at(node, path) is not None


def value(node: Element, path: str) -> str | None:
    """What `w:val` says at `path`."""
    found = at(node, path)
    return None if found is None else found.get(VAL)


def count(node: Element, path: str) -> int:
    """The number at `path`, 0 where there is none."""
    return whole(value(node, path))


def whole(text: str | None, otherwise: int = 0) -> int:
    """A number as markup writes it; `otherwise` for what is none, or beyond what any program counts to."""
    return int(text) if text and _WHOLE.fullmatch(text) else otherwise


def switch(node: Element, path: str, otherwise: bool) -> bool:
    """Whether the property at `path` is on; `otherwise` where it is not set."""
    found = at(node, path)
    return otherwise if found is None else found.get(VAL) not in ("0", "false", "off")
