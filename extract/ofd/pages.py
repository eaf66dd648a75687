"""An OFD file → its pages: where each one's content, templates and annotations stand, and how large it is."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from extract.files.refusals import UnreadableError
from extract.ofd.parts import OfdParts, child, child_elements, child_text, text_to_numbers
from extract.ofd.placing import POINTS_A_MM
from extract.ofd.resources import Resources
from extract.office.package import Element
from extract.pdf.drawing.nouns import Matrix

_MAIN_PART = "ofd.xml"
_A4_MM = (0.0, 0.0, 210.0, 297.0)
"""The box of a page that has none, as viewers have it."""
_LARGEST_PAGE_MM = 5000.0
"""A page that is larger than this is a slip of the writer."""

_PageBox = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class OfdPage:
    """Page `number` (from 1) of the file; `identifier` is unique in its document, `key` the part of its content."""

    number: int
    identifier: str
    key: str | None
    document: OfdDocument


@dataclass(frozen=True, slots=True)
class OfdDocument:
    """One document of a file: the folder of its root, its resources, templates and usual page area."""

    parts: OfdParts
    folder: str
    root: Element
    resources: Resources
    templates: dict[str, str | None]
    signatures: str | None

    def find(self, location: str) -> str | None:
        """The key of a part that the document's root names."""
        return self.parts.find(location, self.folder)


@dataclass(frozen=True, slots=True)
class PageSource:
    """A page's content read: its box in millimetres, and its layers with those of its templates in the order of
    drawing.
    """

    box: _PageBox
    layers: tuple[Element, ...]

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points."""
        return self.box[2] * POINTS_A_MM, self.box[3] * POINTS_A_MM

    @property
    def matrix(self) -> Matrix:
        """From millimetres of the page to points from its top left corner."""
        x, y, _, _ = self.box
        return (POINTS_A_MM, 0.0, 0.0, POINTS_A_MM, -x * POINTS_A_MM, -y * POINTS_A_MM)


def parts_to_documents(parts: OfdParts) -> Iterator[OfdDocument]:
    """The documents of a file, usually one; raises `UnreadableError` and `TooLargeError`."""
    main = parts.find(_MAIN_PART, "")
    if main is None:
        raise UnreadableError("找不到 OFD.xml")
    found = False
    for body in child_elements(parts.root(main), "DocBody"):
        key = parts.find(_newest_root(body, parts), posixpath.dirname(main))
        if key is None:
            raise UnreadableError("找不到 Document.xml")
        found = True
        yield _document(parts, key, child_text(body, "Signatures"))
    if not found:
        raise UnreadableError("OFD.xml 中没有文档")


def _newest_root(body: Element, parts: OfdParts) -> str:
    """Where a document's root stands: that of its current version, where versions are kept."""
    versions = list(child_elements(child(body, "Versions"), "Version"))
    current = [one for one in versions if one.get("Current", "").lower() == "true"]
    for version in current or versions[-1:]:
        key = parts.find(version.get("BaseLoc", ""), "")
        root = child_text(parts.root(key), "DocRoot") if key else ""
        if key and root:
            return posixpath.join("/", posixpath.dirname(key), root) if not root.startswith("/") else root
    return child_text(body, "DocRoot")


def _document(parts: OfdParts, key: str, signatures: str) -> OfdDocument:
    root = parts.root(key)
    folder = posixpath.dirname(key)
    resources = Resources()
    common = child(root, "CommonData")
    for one in child_elements(common, "PublicRes", "DocumentRes"):
        place = parts.find(one.text or "", folder)
        if place is not None:
            resources.add(parts, place)
        else:
            resources.broken.append(one.text or "")
    templates = {
        one.get("ID", ""): parts.find(one.get("BaseLoc", ""), folder)
        for one in child_elements(common, "TemplatePage")
    }
    signed = parts.find(signatures, "") if signatures else None
    return OfdDocument(parts, folder, root, resources, templates, signed)


def document_to_pages(document: OfdDocument, before: int) -> Iterator[OfdPage]:
    """The pages of a document, numbered after the `before` pages of the documents before it."""
    listed = child_elements(child(document.root, "Pages"), "Page")
    for number, one in enumerate(listed, start=before + 1):
        yield OfdPage(number, one.get("ID", ""), document.find(one.get("BaseLoc", "")), document)


def page_to_source(page: OfdPage) -> PageSource:
    """What a page is drawn from; raises `UnreadableError` and `TooLargeError`."""
    if page.key is None:
        raise UnreadableError("找不到页面内容")
    document = page.document
    root = document.parts.root(page.key)
    for one in child_elements(root, "PageRes"):
        place = document.parts.find(one.text or "", posixpath.dirname(page.key))
        if place is not None:
            document.resources.add(document.parts, place)
    usual = child(document.root, "CommonData", "PageArea")
    box = _page_box(child(root, "Area"), usual)
    return PageSource(box, tuple(_layers(root, document, frozenset())))


def _layers(root: Element, document: OfdDocument, within: frozenset[str]) -> Iterator[Element]:
    """The layers of a page or a template, between those of the templates below and above it.

    `within` are the templates around it.
    """
    used = list(child_elements(root, "Template"))
    for one in used:
        if one.get("ZOrder") != "Foreground":
            yield from _template_layers(one, document, within)
    order = {"Background": 0, "Foreground": 2}
    content = child_elements(child(root, "Content"))
    yield from sorted(content, key=lambda layer: order.get(layer.get("Type", "Body"), 1))
    for one in used:
        if one.get("ZOrder") == "Foreground":
            yield from _template_layers(one, document, within)


def _template_layers(used: Element, document: OfdDocument, within: frozenset[str]) -> Iterator[Element]:
    number = used.get("TemplateID", "")
    key = document.templates.get(number)
    if key is None:
        raise UnreadableError("找不到模板页")
    if number in within:
        raise UnreadableError("模板页互相引用")
    yield from _layers(document.parts.root(key), document, within | {number})


def _page_box(*areas: Element | None) -> _PageBox:
    """Left, top, width and height of the paper: its own, or the document's, whichever is there."""
    for area in areas:
        for name in ("PhysicalBox", "ApplicationBox"):
            numbers = text_to_numbers(child_text(area, name))
            if len(numbers) == 4 and all(0 < side <= _LARGEST_PAGE_MM for side in numbers[2:]):
                return (numbers[0], numbers[1], numbers[2], numbers[3])
    return _A4_MM
