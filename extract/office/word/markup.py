"""The elements of a Word file's markup that are on the page once every change is accepted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from extract.office.package import Element

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
}
"""The prefixes under which names are written here."""


@cache
def qualified(name: str) -> str:
    """`w:p` with its namespace, as `lxml` names an element or attribute."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


P, R, T, BR, SYM, VAL = map(qualified, ("w:p", "w:r", "w:t", "w:br", "w:sym", "w:val"))
TBL, TR, TC, SDT, BOX = map(qualified, ("w:tbl", "w:tr", "w:tc", "w:sdt", "w:txbxContent"))
_ALTERNATE, _CHOICE = map(qualified, ("mc:AlternateContent", "mc:Choice"))
_PROPERTIES = ("w:pPr", "w:rPr", "w:tblPr", "w:trPr", "w:tcPr", "w:sdtPr")
_LEFT_OUT = frozenset(map(qualified, ("w:del", "w:moveFrom", "w:rt", *_PROPERTIES)))
"""What is not on the accepted page: deletions, properties and the pinyin above a character."""
_KNOWN_EXTENSIONS = ("http://schemas.microsoft.com/office/", "http://schemas.openxmlformats.org/")
"""Word knows what its own makers added; of strangers' additions it shows the fallback."""
_REMOVED = {TR: ("w:trPr/w:del", "w:trPr/w:hidden"), TC: ("w:tcPr/w:cellDel",)}
_WHOLE = re.compile(r"[-+]?[0-9]{1,9}")


def accepted(node: Iterable[Element]) -> Iterator[Element]:
    """The children that remain: no deletions, one alternative of several, no prompts of empty form fields."""
    for child in node:
        if child.tag == _ALTERNATE:
            choice = next((one for one in child if _is_understood(one)), None)
            if choice is not None:
                yield from accepted(choice)
        elif child.tag not in _LEFT_OUT and not (
            child.tag == SDT and switch(child, "w:sdtPr/w:showingPlcHdr", False)
        ):
            yield child


def _is_understood(choice: Element) -> bool:
    """Whether Word shows this alternative: a fallback, or a choice whose needs it knows (ECMA-376 part 3, 10.2.1)."""
    if choice.tag != _CHOICE:
        return True
    needs = (choice.nsmap.get(prefix, "") for prefix in choice.get("Requires", "").split())
    return all(need.startswith(_KNOWN_EXTENSIONS) for need in needs)


def children(node: Iterable[Element], tags: tuple[str, ...]) -> Iterator[Element]:
    """The nearest `tags` in `node`, through content controls and the like; without deleted rows and cells."""
    for child in accepted(node):
        if child.tag not in tags:
            yield from () if child.tag in (P, TBL) else children(child, tags)
        elif not any(has(child, path) for path in _REMOVED.get(str(child.tag), ())):
            yield child


@cache
def _steps(path: str) -> tuple[str, ...]:
    return tuple(map(qualified, path.split("/")))


def at(node: Element, path: str) -> Element | None:
    """What stands at `path`, such as `w:tcPr/w:vMerge`."""
    return _down(node, _steps(path))


def _down(node: Element, steps: tuple[str, ...]) -> Element | None:
    """As `find` of lxml, which takes three times as long; a form asks some ten thousand times."""
    for child in node.iterchildren(steps[0]):
        found = _down(child, steps[1:]) if len(steps) > 1 else child
        if found is not None:
            return found
    return None


def has(node: Element, path: str) -> bool:
    """Whether `node` has a descendant at `path`, such as `w:pPr/w:rPr`."""
    return at(node, path) is not None


def value(node: Element, path: str, name: str = "w:val") -> str | None:
    """What the attribute `name` says at `path`."""
    found = at(node, path)
    return None if found is None else found.get(qualified(name))


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
