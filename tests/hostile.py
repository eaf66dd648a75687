"""Small files that unfold to too much, lead in circles or lie about their size; each with the findings that it ends in.

Made here and not kept as files: what they claim is what they are about.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator

from PIL import Image

from tests.drawn import objects_to_pdf
from tests.inboxes import form
from tests.places import ROOT

Case = tuple[str, Callable[[], bytes], set[str]]
"""A file's name, what makes it, and the codes of which one must be found."""

_CORPUS = ROOT / "bench" / "fuzz" / "corpus"
_W = "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body>%s</w:body></w:document>"
_S = "<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>%s<sheetData>%s</sheetData>%s</worksheet>"
_CELL = "<row r='1'><c r='A1' t='inlineStr'><is><t>x</t></is></c></row>"
_TEXT = b"BT /F 12 Tf 50 700 Td (Hello) Tj ET "
_TITLE = "部门整体绩效目标申报表\n\n"


def packed(members: dict[str, bytes | str]) -> bytes:
    """A zip archive of these members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def repacked(name: str, **parts: str) -> bytes:
    """A package of the corpus with other parts; `__` in their names stands for a slash, `_dot_` for a dot."""
    with zipfile.ZipFile(_CORPUS / name) as package:
        members: dict[str, bytes | str] = {part: package.read(part) for part in package.namelist()}
    return packed(
        members | {part.replace("__", "/").replace("_dot_", "."): text for part, text in parts.items()}
    )


def word(body: str, **parts: str) -> bytes:
    """A Word file with this body."""
    return repacked("form.docx", word__document_dot_xml=_W % body, **parts)


def sheet(rows: str, before: str = "", behind: str = "", **parts: str) -> bytes:
    """A workbook with these rows, and what stands before and behind them."""
    return repacked("book.xlsx", xl__worksheets__sheet1_dot_xml=_S % (before, rows, behind), **parts)


def page(content: bytes, head: bytes = b"/Filter/FlateDecode", resources: bytes = b"", *more: bytes) -> bytes:
    """A PDF page with this content, packed where no other `head` of its stream is given."""
    data = zlib.compress(content, 9) if head == b"/Filter/FlateDecode" else content
    return objects_to_pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>%b>>>>"
            % resources,
            stream(data, head),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            *more,
        ]
    )


def stream(data: bytes, head: bytes = b"") -> bytes:
    """An object with these bytes."""
    return b"<<%b/Length %d>>stream\n%b\nendstream" % (head, len(data), data)


def png(wide: int, high: int, *chunks: tuple[bytes, bytes]) -> bytes:
    """A PNG that claims this size; nothing is in it but `chunks`."""
    head = struct.pack(">IIBBBBB", wide, high, 1, 0, 0, 0, 0)
    listed = ((b"IHDR", head), *chunks, (b"IDAT", zlib.compress(b"")), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in listed
    )


def tiff(wide: int, high: int, following: int = 0) -> bytes:
    """A TIFF that claims this size; its directory is followed by the one at `following`."""
    tags = ((256, wide), (257, high), (258, 1), (259, 1), (262, 1), (273, 8), (278, high), (279, 10))
    listed = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
    return b"II*\0" + struct.pack("<IH", 8, len(tags)) + listed + struct.pack("<I", following)


def _many_members() -> bytes:
    return packed({f"{number}.md": "" for number in range(10_001)})


def _same_bytes_again() -> bytes:
    """Five thousand members in the list, all of them the same bytes of the file."""
    one = packed({"a.md": b"x" * 1_000_000})
    start, end = one.rfind(b"PK\1\2"), one.rfind(b"PK\5\6")
    listed = one[start:end] * 5000
    closing = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 5000, 5000, len(listed), start, 0)
    return one[:start] + listed + closing


def _size_that_lies() -> bytes:
    data = bytearray(packed({"a.md": form("甲局")}))
    at = data.rfind(b"PK\1\2") + 24
    data[at : at + 4] = struct.pack("<I", 0xFFFFFFF0)
    return bytes(data)


def _numbered(start: str, look: str) -> bytes:
    level = f"<w:lvl w:ilvl='0'><w:start w:val='{start}'/><w:numFmt w:val='{look}'/><w:lvlText w:val='{'%1' * 50}'/></w:lvl>"
    numbers = (
        "<w:numbering xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>"
        f"<w:abstractNum w:abstractNumId='0'>{level}</w:abstractNum>"
        "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>"
    )
    listed = "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>x</w:t></w:r></w:p>"
    return word(listed * 50, word__numbering_dot_xml=numbers)


def _format(code: str) -> bytes:
    looks = (
        "<styleSheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><numFmts count='1'>"
        f"<numFmt numFmtId='200' formatCode='{code}'/></numFmts><cellXfs count='1'><xf numFmtId='200'/></cellXfs></styleSheet>"
    )
    return sheet("<row r='1'><c r='A1' s='0'><v>12345.678</v></c></row>", xl__styles_dot_xml=looks)


def _entities() -> bytes:
    listed = "".join(f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9))
    kind = f"<!DOCTYPE w:document [<!ENTITY a 'ha'>{listed}]>"
    return repacked("form.docx", word__document_dot_xml=kind + _W % "<w:p><w:r><w:t>&j;</w:t></w:r></w:p>")


def _archives() -> Iterator[Case]:
    yield "flat.zip", lambda: packed({"a.md": bytes(30_000_000)}), {"file-too-large"}
    yield "members.zip", _many_members, {"file-too-large"}
    yield "same.zip", _same_bytes_again, {"file-too-large"}
    yield "lies.zip", _size_that_lies, {"file-too-large"}


def _word_files() -> Iterator[Case]:
    nested = "<w:tbl><w:tr><w:tc>" * 50 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 50
    wide = "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='999999999'/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>"
    yield "nested.docx", lambda: word(nested), {"file-too-large"}
    yield "wide.docx", lambda: word(wide), {"file-too-large", "file-empty", "form-unknown"}
    yield "deep.docx", lambda: word("<w:sdt><w:sdtContent>" * 9000), {"file-too-large", "file-damaged"}
    yield (
        "long.docx",
        lambda: word(f"<w:p><w:r><w:t>{'字' * 3_100_000}</w:t></w:r></w:p>"),
        {"file-too-large"},
    )
    yield "entities.docx", _entities, {"file-damaged", "file-too-large"}
    for look in ("upperRoman", "lowerLetter", "chineseCounting", "decimalEnclosedCircle"):
        yield f"{look}.docx", lambda look=look: _numbered("2147483647", look), {"form-unknown", "text-cut"}  # type: ignore[misc]
    yield "start.docx", lambda: _numbered("9" * 5000, "decimal"), {"form-unknown", "text-cut"}


def _workbooks() -> Iterator[Case]:
    everything = "<mergeCells><mergeCell ref='A1:XFD1048576'/></mergeCells>"
    columns = "<cols>" + "<col min='1' max='16384' width='9' hidden='1'/>" * 500 + "</cols>"
    yield "merged.xlsx", lambda: sheet(_CELL, "", everything), {"file-too-large"}
    yield "columns.xlsx", lambda: sheet(_CELL, columns), {"form-unknown"}
    yield (
        "name.xlsx",
        lambda: sheet(f"<row r='1'><c r='{'A' * 99_999}1'><v>1</v></c></row>"),
        {"file-damaged"},
    )
    yield "digits.xlsx", lambda: sheet(f"<row r='1'><c r='A1'><v>{'9' * 99_999}</v></c></row>"), {"text-cut"}
    yield "index.xlsx", lambda: sheet("<row r='1'><c r='A1' t='s'><v>99999</v></c></row>"), {"file-damaged"}
    for number, code in enumerate(("0" * 30_000, "[$-" * 20_000, "#," * 20_000, ";" * 50_000, "_(" * 20_000)):
        yield f"format{number}.xlsx", lambda code=code: _format(code), {"form-unknown"}  # type: ignore[misc]


def _pdfs() -> Iterator[Case]:
    claim = b"/Type/XObject/Subtype/Image/Width 99999/Height 99999/BitsPerComponent 1/ColorSpace/DeviceGray"
    pictured = b"q 600 0 0 800 0 0 cm /I Do Q"
    yield (
        "picture.pdf",
        lambda: page(pictured, b"", b"/XObject<</I 6 0 R>>", stream(b"", claim)),
        {"picture-too-large"},
    )
    yield "filters.pdf", lambda: page(b"71>", b"/Filter[" + b"/AHx" * 5000 + b"]"), {"pdf-too-much"}
    yield "array.pdf", lambda: page(b"[" * 50_000 + _TEXT), {"pdf-damaged"}
    yield "string.pdf", lambda: page(b"(" * 200_000 + _TEXT), {"pdf-damaged"}
    yield "circle.pdf", lambda: page(_TEXT, b"", b"/XObject 6 0 R", b"6 0 R"), {"form-unknown"}
    yield "notes.pdf", _notes, {"pdf-too-much"}
    pages = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"]
    yield "pages.pdf", lambda: objects_to_pdf(pages), {"pdf-empty", "pdf-damaged"}


def _notes() -> bytes:
    """Twenty thousand times the same note on a page."""
    marked = b"<</Type/Annot/Subtype/Stamp/Rect[0 0 600 800]/AP<</N 7 0 R>>>>"
    drawn = stream(_TEXT, b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]")
    data = page(_TEXT, b"", b"", marked, drawn)
    return data.replace(b"/MediaBox", b"/Annots[%b]/MediaBox" % (b"6 0 R " * 20_000))


def _pictures() -> Iterator[Case]:
    text = zlib.compress(bytes(50_000_000), 9)
    yield "large.png", lambda: png(50_000, 50_000), {"picture-too-large"}
    yield "text.png", lambda: png(1000, 1000, (b"zTXt", b"a\0\0" + text)), {"picture-damaged"}
    yield "claims.tif", lambda: tiff(2**32 - 1, 2**32 - 1), {"picture-too-large", "picture-damaged"}
    yield "circle.tif", lambda: tiff(1000, 1000, following=8), {"picture-damaged"}
    yield "claims.jpg", _jpeg_that_lies, {"picture-too-narrow", "picture-too-large", "picture-damaged"}


def _jpeg_that_lies() -> bytes:
    file = io.BytesIO()
    Image.new("L", (160, 200), 255).save(file, "JPEG")
    return file.getvalue().replace(b"\x00\xc8\x00\xa0", b"\xff\xdc\xff\xdc", 1)


def _texts() -> Iterator[Case]:
    made = {
        "cells.html": ("<table>" + "<td>" * 300_000, {"file-too-large"}),
        "nested.html": ("<table><tr><td>" * 5000 + "x", {"file-too-large"}),
        "bold.html": ("<table><tr><td>" + "<b>" * 100_000 + "x", {"form-unknown"}),
        "attributes.html": ("<table " + "a=1 " * 200_000 + "><tr><td>x", {"form-unknown"}),
        "unclosed.html": ("<table><tr><td>单位: 万元" * 4900 + "x" * 9000, {"file-too-large"}),
        "scripts.html": ("<script>" * 100_000, {"form-unknown"}),
        "struck.md": ("<s>" * 100_000, {"form-unknown", "text-cut"}),
        "raised.md": ("<sup>" * 100_000, {"form-unknown", "text-cut"}),
        "less.md": ("<" * 500_000, {"text-cut"}),
        "comments.md": ("<!--" * 200_000, {"text-cut"}),
        "pipes.md": (_TITLE + "|" * 500_000, {"file-too-large"}),
        "rule.md": (_TITLE + "|" + "-" * 500_000 + " x", {"text-cut"}),
        "stars.md": ("**" * 300_000, {"text-cut"}),
        "lines.md": ("x\n" * 250_000, {"file-too-large"}),
        "quotes.txt": ('"' * 300_000 + "\t\n" + 'a\t"b\n' * 110_000, {"file-too-large"}),
        "columns.txt": (("\t".join("x" * 900) + "\n") * 300, {"file-too-large"}),
        "multipart.mht": ("MIME-Version: 1.0\n" + _parts(3000), {"file-unsupported", "form-unknown"}),
        "rows.xml": (_book("<Row ss:Index='2147483647'/>" * 9), {"file-empty", "file-damaged"}),
        "merged.xml": (
            _book("<Row><Cell ss:MergeAcross='900' ss:MergeDown='900'/></Row>"),
            {"file-too-large"},
        ),
    }
    for name, (text, codes) in made.items():
        yield name, text.encode, codes


def _parts(depth: int) -> str:
    return "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(depth))


def _book(rows: str) -> str:
    names = "xmlns='urn:schemas-microsoft-com:office:spreadsheet' xmlns:ss='urn:schemas-microsoft-com:office:spreadsheet'"
    head = "<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?>"
    return f"{head}<Workbook {names}><Worksheet ss:Name='a'><Table>{rows}</Table></Worksheet></Workbook>"


CASES = (*_archives(), *_word_files(), *_workbooks(), *_pdfs(), *_pictures(), *_texts())
"""All of them."""
