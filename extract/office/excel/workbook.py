"""A workbook without its sheets: their names and places, the shared texts, the styles, the calendar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from lxml import etree

from extract.files.limits import UNFOLDING
from extract.files.refusals import TooLargeError, UnreadableError, blaming_file
from extract.files.zips import BROKEN_ZIP
from extract.office.excel.conditions import read_hiding_formats
from extract.office.excel.styles import (
    CellStyle,
    RgbColour,
    colour_of,
    is_on,
    is_tiny,
    is_unseen,
    read_cell_styles,
)
from extract.office.package import Element, Package, refuse_entities, syntax_to_refusal
from extract.page.raised import raised_to_text

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
"""A character that XML cannot hold (ECMA-376 part 1, 22.9.2.19)."""


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet as its workbook lists it; `part` is `None` where the package lacks it, `printed` its print areas if any."""

    name: str
    part: str | None
    visible: bool
    printed: str = ""


@dataclass(frozen=True, slots=True)
class ShownText:
    """A text of a cell as a person sees it, and what was left out of it: struck out, or of the colour behind it."""

    text: str
    struck: bool = False
    unseen: bool = False


@dataclass(frozen=True, slots=True)
class Workbook:
    """What the sheets of a workbook refer to.

    `uncalculated`: its program left all formulas to be calculated when it is opened next, so that a value stored
    with one is a guess. `hiding_formats`: the differential formats under which nothing is seen.
    """

    package: Package
    sheets: tuple[SheetPart, ...]
    texts: tuple[ShownText, ...]
    styles: tuple[CellStyle, ...]
    epoch_1904: bool
    uncalculated: bool
    hiding_formats: frozenset[int] = frozenset()


def open_workbook(data: bytes) -> Workbook:
    """The workbook in the bytes of an .xlsx file; raises `UnreadableError` and `TooLargeError`."""
    package = Package(data)
    main = package.main_part()
    root = package.root(main)
    relations = package.relations(main)
    sheets = tuple(_sheets(root, {name: relation.part for name, relation in relations.items()}, package))
    if len(sheets) > UNFOLDING.sheets:
        raise TooLargeError(f"工作表有 {len(sheets)} 个，上限 {UNFOLDING.sheets} 个")
    styles, themes = package.related(main, "styles"), package.related(main, "theme")
    looks = _optional(package, styles)
    settings, calculation = root.find("{*}workbookPr"), root.find("{*}calcPr")
    return Workbook(
        package,
        sheets,
        tuple(_shared_texts(package, main)),
        read_cell_styles(looks, _optional(package, themes)),
        settings is not None and settings.get("date1904") in ("1", "true"),
        calculation is not None and calculation.get("fullCalcOnLoad") in ("1", "true"),
        read_hiding_formats(looks),
    )


def _optional(package: Package, parts: tuple[str, ...]) -> Element | None:
    """The root of a part that a workbook can do without, `None` also where it is broken: Excel opens it all the same."""
    try:
        return package.root(parts[0]) if parts else None
    except UnreadableError:
        return None


def _sheets(root: Element, parts: dict[str, str | None], package: Package) -> Iterator[SheetPart]:
    printed = {
        node.get("localSheetId"): node.text or ""
        for node in root.iterfind("{*}definedNames/{*}definedName")
        if node.get("name") == "_xlnm.Print_Area"
    }
    for place, node in enumerate(root.iterfind("{*}sheets/{*}sheet")):
        name = next((value for key, value in node.attrib.items() if str(key).endswith("}id")), "")
        part = parts.get(str(name))
        found = part if part is not None and package.has(part) else None
        visible = node.get("state", "visible") == "visible"
        yield SheetPart(node.get("name", ""), found, visible, printed.get(str(place), ""))


def _shared_texts(package: Package, main: str) -> Iterator[ShownText]:
    parts = package.related(main, "sharedStrings")
    if not parts:
        return
    with package.open(parts[0]) as file:
        for node in stream_elements(file, ("{*}si",), UNFOLDING.part_bytes):
            yield element_to_text(node)


def stream_elements(file: IO[bytes], tags: tuple[str, ...], most: int) -> Iterator[Element]:
    """Every element of `tags` in an XML part as it ends, emptied once it was used.

    Raises `UnreadableError` for what is no XML or declares entities, `TooLargeError` beyond `most` bytes.
    """
    try:
        for _, node in etree.iterparse(
            _Bounded(file, most), tag=tags, remove_comments=True, remove_pis=True, resolve_entities=False
        ):
            refuse_entities(node)
            yield node
            node.clear(keep_tail=False)
            while node.getprevious() is not None and node.getparent() is not None:
                del node.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise syntax_to_refusal(error) from error


class _Bounded:
    """A file that ends with `TooLargeError` beyond `most` bytes."""

    def __init__(self, file: IO[bytes], most: int) -> None:
        self._file, self._left, self._most = file, most, most

    def read(self, size: int = -1) -> bytes:
        """The next bytes; raises `UnreadableError` and `TooLargeError`."""
        with blaming_file("压缩结构无法读取", *BROKEN_ZIP):
            data = self._file.read(size)
        self._left -= len(data)
        if self._left < 0:
            raise TooLargeError(f"一个部分解压后超过 {self._most // 1024 // 1024} MB")
        return data


def element_to_text(node: Element, ground: RgbColour = (255, 255, 255)) -> ShownText:
    """The text of a shared or inline string (`si`, `is`): no phonetics, raised digits as such, unseen runs left out."""
    text, struck, unseen = "", False, False
    for run in node.iterchildren("{*}r", "{*}t"):
        if etree.QName(run).localname != "r":
            text += run.text or ""
            continue
        shown = "".join(part.text or "" for part in run.iterchildren("{*}t"))
        face = run.find("{*}rPr")
        if face is not None and is_on(face.find("{*}strike")):
            struck |= bool(shown.strip())
        elif face is not None and (is_tiny(face) or is_unseen(colour_of(face.find("{*}color")), ground)):
            unseen |= bool(shown.strip())
        else:
            raised = None if face is None else face.find("{*}vertAlign")
            text += (
                raised_to_text(text, shown)
                if raised is not None and raised.get("val") == "superscript"
                else shown
            )
    return ShownText(unescape(text), struck, unseen)


def unescape(text: str) -> str:
    """A text with the characters that XML cannot hold, and with one kind of line end.

    >>> unescape("a_x000D_\\nb_x005F_")
    'a\\nb_'
    """
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
