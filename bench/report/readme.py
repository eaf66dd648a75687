"""What the READMEs quote of the benches: a marked block of each, rewritten from the reports and never by hand."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from bench.accuracy.store import ROOT
from bench.report.shown import Shown, markdown_to_shown

RESULTS = ROOT / "bench" / "RESULTS.md"
PEERS = ROOT / "bench" / "PEERS.md"
SEEDS = re.compile(r"half for tests \(seeds (\d+–\d+)\)")
OUTCOMES = "By kind of file, test half"
COLUMNS = {
    "kind": "文件",
    "forms": "份数",
    "fields": "字段",
    "exact": "正确",
    "silent": "无提示错误",
    "right but flagged": "正确但有提示",
    "harm": "损害",
    "copy as is: exact": "照抄单元格：正确",
}
KINDS = {
    "docx": ("Word", "Word"),
    "xlsx": ("Excel", "Excel"),
    "doc": ("Word 97 (.doc)", "Word 97（.doc）"),
    "xls": ("Excel 97 (.xls)", "Excel 97（.xls）"),
    "html": ("HTML", "HTML"),
    "ofd": ("OFD", "OFD"),
    "mineru": ("JSON of MinerU", "MinerU 的 JSON"),
    "paddleocr": ("JSON of PaddleOCR", "PaddleOCR 的 JSON"),
    "docling": ("JSON of docling", "docling 的 JSON"),
    "azure": ("JSON of Azure", "Azure 的 JSON"),
    "chrome": ("PDF by Chromium", "PDF（Chromium）"),
    "writer": ("PDF by LibreOffice", "PDF（LibreOffice）"),
    "ocr: ocr": ("OCR text, misread and shifted", "OCR 文字（误读、移位）"),
    "ocr: worse": ("OCR text, worse", "OCR 文字（更严重）"),
    "scan": ("scans, every damage together", "扫描件（各种损坏合计）"),
}
INTRODUCTION = (
    "{forms} made-up forms of the kinds of departments that are kept for tests (seeds {seeds}):",
    "由程序编造、仅用于测试的几类部门的申报表 {forms} 份（种子 {seeds}）：",
)

PEER_KINDS = {
    "docx": ("Word", "Word"),
    "xlsx": ("Excel", "Excel"),
    "pdf": ("PDF with text", "有文字的 PDF"),
    "scan": ("scans", "扫描件"),
    "text": ("OCR text", "OCR 文字"),
}
PEER_COLUMNS = (
    ("kind", "shenbao: exact %", "silent %", "best other reader", "its exact %", "its silent %"),
    ("文件", "shenbao：正确 %", "无提示错误 %", "其他工具中最好的", "正确 %", "无提示错误 %"),
)


def markers(name: str) -> tuple[str, str]:
    """The comments around a block."""
    return f"<!-- {name}: written by a bench, not by hand -->", f"<!-- end of {name} -->"


def with_block(page: str, name: str, block: str) -> str:
    """`page` with `block` between the markers of `name`; raises `ValueError` where it has no such markers."""
    begin, end = markers(name)
    before, found, rest = page.partition(begin)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        raise ValueError(f"the page has no block {name!r}: {begin} … {end}")
    return f"{before}{begin}\n{block.strip()}\n{end}{after}"


def results_to_blocks(results: str) -> tuple[str, str]:
    """The test half's outcomes in English and in Chinese."""
    table = markdown_to_shown(results, OUTCOMES)
    places = [table.columns.index(name) for name in COLUMNS]
    forms = sum(int(row[places[1]].replace(",", "")) for row in table.rows)
    seeds = SEEDS.search(results)
    if seeds is None:
        raise ValueError("the results do not name the seeds of the test half")

    def block(language: int, columns: tuple[str, ...]) -> str:
        rows = tuple((KINDS[row[0]][language], *(row[place] for place in places[1:])) for row in table.rows)
        told = INTRODUCTION[language].format(forms=forms, seeds=seeds[1])
        return f"{told}\n\n{Shown('', '', columns, rows).table()}"

    return block(0, tuple(COLUMNS)), block(1, tuple(COLUMNS.values()))


def peers_to_blocks(report: str) -> tuple[str, str]:
    """For every kind of file: shenbao, and the other reader that has most fields exact."""
    rows = {}
    for kind in PEER_KINDS:
        table = markdown_to_shown(report, kind)
        exact, silent = (table.columns.index(name) for name in ("exact %", "silent %"))
        figures = {row[0]: tuple(row[n].removesuffix(" *") for n in (exact, silent)) for row in table.rows}
        ours = figures.pop("shenbao")
        best = max(figures, key=lambda name: float(figures[name][0]))
        rows[kind] = (ours[0], ours[1], best, *figures[best])

    def block(language: int) -> str:
        named = tuple((PEER_KINDS[kind][language], *figures) for kind, figures in rows.items())
        return Shown("", "", PEER_COLUMNS[language], named).table()

    return block(0), block(1)


BLOCKS: Mapping[str, tuple[Path, Callable[[str], tuple[str, str]]]] = {
    "measured": (RESULTS, results_to_blocks),
    "peers": (PEERS, peers_to_blocks),
}
"""Where each block comes from, and how: in English for README.md, in Chinese for README.zh-CN.md."""
READMES = ("README.md", "README.zh-CN.md")


def quoted(page: str, language: int) -> str:
    """A README with every block as the reports now say it."""
    for name, (report, to_blocks) in BLOCKS.items():
        page = with_block(page, name, to_blocks(report.read_text("utf-8"))[language])
    return page


def quote() -> None:
    """Rewrite the blocks of both READMEs."""
    for language, name in enumerate(READMES):
        path = ROOT / name
        path.write_text(quoted(path.read_text("utf-8"), language), encoding="utf-8")


if __name__ == "__main__":
    quote()
