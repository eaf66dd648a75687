"""An Office file as a package: XML parts in a zip archive, joined by relationships (ECMA-376 part 2)."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from io import BytesIO
from typing import IO
from urllib.parse import unquote
from zipfile import ZipFile

from lxml import etree

from extract.files.limits import UNFOLDING
from extract.files.refusals import TooLargeError, UnreadableError, blaming_file, megabytes
from extract.files.zips import BROKEN_ZIP, part_key

Element = etree._Element

_RESOURCE_LIMIT = 114
"""libxml2's code for markup too deep or with too long a text (XML_ERR_RESOURCE_LIMIT)."""
_TOO_BIG = "too big"
"""libxml2 says so of a comment that is too long, under a code that means something else."""
_NO_MEMORY = 2
"""libxml2's code for too little memory (XML_ERR_NO_MEMORY)."""
_STRICT_MARK = b"http://purl.oclc.org/ooxml/"
_STRICT = re.compile(
    rb"http://purl\.oclc\.org/ooxml/(wordprocessingml|spreadsheetml|drawingml|officeDocument)/"
)
_USUAL = rb"http://schemas.openxmlformats.org/\1/2006/"
"""A file of “Strict Open XML” says the same under other names (ECMA-376 part 1, annex A; part 4, annex A)."""


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to: the last word of its type (`styles`, `image`), the part's name, or `None` outside."""

    kind: str
    part: str | None


class Package:
    """The parts of an Office file, found under any spelling of their names that Office accepts.

    Raises `UnreadableError` for bytes that are no archive.
    """

    def __init__(self, data: bytes) -> None:
        with blaming_file("压缩结构无法读取", *BROKEN_ZIP):
            self._archive = ZipFile(BytesIO(data))
            self._names = {part_key(name): name for name in self._archive.namelist()}

    def has(self, part: str) -> bool:
        """Whether the package holds `part`."""
        return part_key(part) in self._names

    def names(self) -> tuple[str, ...]:
        """The names of all parts, as they are looked up."""
        return tuple(self._names)

    def open(self, part: str) -> IO[bytes]:
        """The unpacked bytes of `part`; raises `UnreadableError` where it is missing or broken."""
        if not self.has(part):
            raise UnreadableError(f"缺少 {part}")
        with blaming_file("压缩结构无法读取", *BROKEN_ZIP):
            return self._archive.open(self._names[part_key(part)])

    def read(self, part: str) -> bytes:
        """All bytes of `part`; raises `UnreadableError` and `TooLargeError`."""
        with self.open(part) as file, blaming_file("压缩结构无法读取", *BROKEN_ZIP):
            data = file.read(UNFOLDING.part_bytes + 1)
        if len(data) > UNFOLDING.part_bytes:
            raise TooLargeError(f"一个部分解压后超过 {megabytes(UNFOLDING.part_bytes)}")
        return data

    def root(self, part: str) -> Element:
        """The root element of an XML part, without comments; raises `UnreadableError`."""
        data = self.read(part)
        return bytes_to_element(_STRICT.sub(_USUAL, data) if _STRICT_MARK in data else data)

    def main_part(self) -> str:
        """The part that the package is about; raises `UnreadableError` where none is named."""
        for relation in self.relations("").values():
            if relation.kind == "officeDocument" and relation.part is not None:
                return relation.part
        raise UnreadableError("找不到正文")

    def relations(self, part: str) -> dict[str, Relation]:
        """What `part` refers to, by identifier; of the package itself for `""`."""
        folder, name = posixpath.split(part_key(part))
        source = posixpath.join(folder, "_rels", f"{name}.rels")
        if not self.has(source):
            return {}
        return {
            node.get("Id", ""): _relation(node, folder)
            for node in self.root(source).iterfind("{*}Relationship")
        }

    def related(self, part: str, kind: str) -> tuple[str, ...]:
        """The parts inside the package that `part` refers to as `kind`, in the order of their list."""
        found = (relation.part for relation in self.relations(part).values() if relation.kind == kind)
        return tuple(name for name in found if name is not None and self.has(name))


def _relation(node: Element, folder: str) -> Relation:
    kind = node.get("Type", "").rpartition("/")[2]
    if node.get("TargetMode") == "External":
        return Relation(kind, None)
    target = unquote(node.get("Target", "")).replace("\\", "/").partition("#")[0]
    return Relation(kind, part_key(posixpath.normpath(posixpath.join("/", folder, target))))


def bytes_to_element(data: bytes) -> Element:
    """The root element of an XML document, without comments and instructions.

    Raises `UnreadableError` for what is no XML or declares entities, `TooLargeError` for what is nested too deep or has too many tags.
    """
    tags = data.count(b"<")
    if tags > UNFOLDING.part_tags:
        raise TooLargeError(f"XML 有 {tags} 个标记，上限 {UNFOLDING.part_tags} 个")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise syntax_to_refusal(error) from error
    refuse_entities(root)
    return root


def refuse_entities(root: Element) -> None:
    """Raises `UnreadableError` for XML that declares names of its own: what stands for them would be missing unseen.

    No part of an Office file may (ECMA-376 part 2, 7.2.2), and Word and Excel refuse one that does.
    """
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableError("XML 含有文档类型定义（DTD）")


def syntax_to_refusal(error: etree.XMLSyntaxError) -> UnreadableError | TooLargeError:
    """What to raise for XML that cannot be read; raises `MemoryError` itself where memory was too little."""
    code = getattr(error, "code", 0)
    if code == _NO_MEMORY:
        raise MemoryError(str(error)) from error
    if code == _RESOURCE_LIMIT or _TOO_BIG in str(error):
        return TooLargeError("XML 嵌套超过 256 层，或一处文字、注释超过 10 MB")
    return UnreadableError("XML 无法读取")
