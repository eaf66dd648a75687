"""Word's .docx → lines of text and grids, as a printed copy with all changes accepted would show them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from extract.files.kinds import Kind
from extract.files.refusals import TooLargeError, UnreadableError, damaged, nothing_in_it, too_large
from extract.office.package import Element, Package
from extract.office.word.flow import FORM_CELLS, PICTURES, Flow
from extract.office.word.markup import TBL, P, at, has, qualified
from extract.office.word.numbers import Numbering
from extract.office.word.runs import Notices
from extract.office.word.styles import WHITE_PAPER, read_style_sheet
from extract.office.word.tables import filled
from models.document import Document, Piece, Problem
from models.grid import Grid, Place

_LISTED_PLACES = 10
"""A finding names this many places; the rest it counts."""
_NOTES = {
    "text-struck": "有加删除线的文字，按已删除处理，未读取。请核对",
    "text-hidden": "有与底色相同、看不见的文字，未读取。请核对",
    "cell-picture": "是图片，未读取。请改为文字后重新提交",
    "box-beside-text": "格内另有文本框，其文字一并读入。请核对",
    "object-embedded": "嵌有其他程序的对象，未读取。请将其内容改为文字或表格后重新提交",
}
_IDENTIFIER = qualified("r:id")
_HEADER = qualified("w:headerReference")
_FIELDS = tuple(map(qualified, ("w:instrText", "w:fldSimple")))


@dataclass(frozen=True, slots=True)
class _Section:
    """The paragraphs and tables of a section of a document, and the names of the page headers it begins with."""

    blocks: Sequence[Element]
    headers: Sequence[str]


def read_word(path: Path) -> Document:
    """The paragraphs and tables of a Word file in document order, each section after its page headers.

    Grids have `spans="ruled"`. A file that cannot be read, or is beyond a limit, gives no pieces and a problem.
    Raises `OSError` when the file cannot be opened.
    """
    data = path.read_bytes()
    try:
        pieces, problems = _read(Package(data))
    except UnreadableError as error:
        return Document((), Kind.DOCX.media_type, problems=(damaged(str(error)),))
    except TooLargeError as error:
        return Document((), Kind.DOCX.media_type, problems=(too_large(str(error)),))
    return Document(tuple(pieces), Kind.DOCX.media_type, problems=tuple(problems))


def _read(package: Package) -> tuple[list[Piece], list[Problem]]:
    main = package.main_part()
    root = package.root(main)
    styles, numbering = (
        package.root(parts[0]) if parts else None
        for parts in (package.related(main, "styles"), package.related(main, "numbering"))
    )
    paper = None if has(root, "w:background") else WHITE_PAPER
    sheet, lists = read_style_sheet(styles), Numbering(numbering)
    flow, above = Flow(sheet, lists, paper), Flow(sheet, lists, paper)
    pieces: list[Piece] = []
    headed = False
    for section in _sections(root, package, main):
        for name in section.headers:
            header = package.root(name)
            if any(filled(table) >= FORM_CELLS for table in header.iter(TBL)):
                headed = True
            else:
                pieces += above.pieces(_unpaged(header), "页眉")
        pieces += flow.pieces(section.blocks)
    problems = [*_embedded(root), *_noticed(above.notices), *_noticed(flow.notices)]
    return pieces, [*problems, *_lacking(pieces, root, headed)]


def _sections(root: Element, package: Package, main: str) -> Iterator[_Section]:
    """The sections of the body; a page header that goes on from the section before is not repeated."""
    relations = package.relations(main)
    told: set[str] = set()
    blocks: list[Element] = []
    for body in root.iterchildren(qualified("w:body")):
        ends = [*body.iterchildren(), None]
        for block in ends:
            if block is not None:
                blocks.append(block)
            properties = None if block is None else at(block, "w:pPr/w:sectPr") if block.tag == P else None
            last = block is None
            if last:
                properties = at(body, "w:sectPr")
            if properties is None and not last:
                continue
            names = [] if properties is None else _headers(properties)
            parts = [relations[name].part for name in names if name in relations]
            fresh = [part for part in parts if part is not None and part not in told and package.has(part)]
            told.update(fresh)
            yield _Section(blocks, fresh)
            blocks = []


def _headers(properties: Element) -> list[str]:
    """The relations of the headers that a section shows: on its first page, if that has its own, and on the others."""
    named = {
        node.get(qualified("w:type")): node.get(_IDENTIFIER, "") for node in properties.iterchildren(_HEADER)
    }
    kinds = ("first", "default") if has(properties, "w:titlePg") else ("default",)
    return [named[kind] for kind in kinds if kind in named]


def _unpaged(header: Element) -> list[Element]:
    """The blocks of a page header without the paragraphs that count pages."""
    return [block for block in header if not any(_counts_pages(node) for node in block.iter(*_FIELDS))]


def _counts_pages(node: Element) -> bool:
    return "PAGE" in (node.text or node.get(qualified("w:instr")) or "").upper()


def _embedded(root: Element) -> Iterator[Problem]:
    """Other documents that Word takes in when it opens this one."""
    number = sum(1 for _ in root.iter(qualified("w:altChunk")))
    if number:
        message = f"文中插入了 {number} 份其他文件的内容（altChunk），未读取。请用 Word 打开并另存为 .docx 后重新提交。"
        yield Problem("content-embedded", message, "error")


def _noticed(notices: Notices) -> Iterator[Problem]:
    for code, places in notices.places.items():
        names = [f"{place}{detail}" for place, detail in places.items()]
        more = f" 等 {len(names)} 处" if len(names) > _LISTED_PLACES else ""
        message = f"{'、'.join(names[:_LISTED_PLACES])}{more} {_NOTES[code]}。"
        yield Problem(code, message, places=tuple(Place(part=place) for place in places))


def _lacking(pieces: Sequence[Piece], root: Element, headed: bool) -> Iterator[Problem]:
    """What a document without a table needs its reader to know."""
    if any(isinstance(piece, Grid) for piece in pieces):
        if headed:
            message = "页眉中有一张填写的表格，未读取。请将其移到正文后重新提交。"
            yield Problem("form-in-header", message)
    elif headed:
        message = "表格在页眉中，不在正文中，未读取。请将表格移到正文后重新提交。"
        yield Problem("form-in-header", message, "error")
    elif next(root.iter(*PICTURES), None) is not None:
        message = "文件中没有表格，只有图片，可能是扫描件。请提交图片或 PDF 原件，或可编辑的 Word 表格。"
        yield Problem("form-is-picture", message)
    elif not pieces:
        yield nothing_in_it()
