"""What a PDF file is beside its pages: a form of another kind (XFA), a folder of files (portfolio), or with files attached."""

from __future__ import annotations

from collections.abc import Iterator

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdftypes import dict_value, list_value, resolve1
from pdfminer.utils import decode_text

from extract.pdf.drawing.limits import PDF_LIMITS
from models.document import Problem

_MOST_NAMED = 5
"""A message names no more attached files than this."""
_MOST_NODES = 1_000
"""No more nodes of the tree of names are looked at."""


def document_problems(document: PDFDocument) -> Iterator[Problem]:
    """What a person must know about a file as a whole. Raises whatever pdfminer raises for broken objects."""
    catalog = document.catalog
    fields = dict_value(catalog.get("AcroForm", {}))
    if "XFA" in fields:
        dynamic = bool(resolve1(catalog.get("NeedsRendering"))) or not list_value(fields.get("Fields", []))
        what = "填写的内容不在页面上，未读取" if dynamic else "只读取了页面上显示的内容"
        advice = "请打印为普通 PDF（另存为或虚拟打印）后重新提交"
        yield Problem(
            "pdf-xfa", f"文件是 XFA 动态表单，{what}。{advice}。", "error" if dynamic else "warning"
        )
    names = list(_attached(document))
    listed = "、".join(names[:_MOST_NAMED]) + ("等" if len(names) > _MOST_NAMED else "")
    if "Collection" in catalog:
        what = f"文件是 PDF 文件包，里面的{len(names)}个文件没有读取：{listed}"
        yield Problem("pdf-portfolio", f"{what}。请取出后逐个提交。", "error")
    elif names:
        yield Problem("pdf-attachments", f"文件带有{len(names)}个附件，未读取：{listed}。", "warning")


def _attached(document: PDFDocument) -> Iterator[str]:
    """The names of the files that a document carries (ISO 32000-1, 7.11.4)."""
    todo = [dict_value(document.catalog.get("Names", {})).get("EmbeddedFiles")]
    looked = 0
    while todo and looked < _MOST_NODES:
        node = dict_value(todo.pop())
        looked += 1
        todo += list_value(node.get("Kids", []))[: PDF_LIMITS.content_streams]
        entries = list_value(node.get("Names", []))
        for key, value in zip(entries[::2], entries[1::2], strict=False):
            file = dict_value(value)
            name = resolve1(file.get("UF", file.get("F", key)))
            if isinstance(name, bytes):
                yield decode_text(name)
