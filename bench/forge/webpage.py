"""A sheet → an HTML page, as a budget system's page that is printed from the browser."""

from __future__ import annotations

import html

from bench.forge.archive import MADE
from bench.forge.sheet import Sheet, SheetCell, Table

ADDRESS = "https://ysjx.example.gov.cn/print?form=1024"
"""Where a browser found the form, as it prints it."""
STYLE = """
@page {{ size: A4 {turn}; margin: 14mm 12mm; }}
body {{ margin: 0; font-family: {families}; font-size: {size}pt; line-height: {leading}; }}
h1 {{ font-size: {title}pt; text-align: center; margin: 4pt 0; }}
p {{ margin: 0; }}
.line {{ display: flex; justify-content: space-between; }}
table {{ border-collapse: collapse; table-layout: fixed; width: 100%; margin-bottom: {gap}pt; }}
td {{ border: 0.75pt solid #000; padding: {padding}pt; overflow-wrap: anywhere; }}
tr {{ break-inside: {breaking}; }}
.left {{ text-align: left; }} .center {{ text-align: center; }} .right {{ text-align: right; }}
.label {{ font-weight: {weight}; }}
"""


def sheet_to_html(sheet: Sheet) -> str:
    """A whole page; its print has the paper's size and margins."""
    type_ = sheet.type
    style = STYLE.format(
        turn="landscape" if type_.landscape else "portrait",
        families=", ".join(f"'{family}'" for family in type_.families),
        size=type_.size,
        leading=type_.line_height,
        title=type_.title_size,
        gap=0 if len(sheet.tables) == 1 else 6,
        padding=type_.padding,
        breaking="auto" if type_.breakable else "avoid",
        weight="bold" if type_.bold_labels else "normal",
    )
    columns = "".join(f'<col style="width:{100 * width / sheet.units:.4f}%">' for width in sheet.widths)
    lines = [
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">',
        f"<title>{_escaped(sheet.title)}</title><style>{style}</style></head><body>",
        f"<p>{_escaped(sheet.attachment)}</p>",
        f"<h1>{_escaped(sheet.title)}</h1>",
        f'<p class="line"><span>{_escaped(sheet.day)}</span> <span>{_escaped(sheet.money_unit)}</span></p>',
        *(_table(table, columns) for table in sheet.tables),
        "</body></html>",
    ]
    return "\n".join(lines) + "\n"


def sheet_to_margins(sheet: Sheet) -> tuple[str, str]:
    """HTML of what Chromium prints above and below every page: its own lines, or a page number, or nothing."""
    page, pages = '<span class="pageNumber"></span>', '<span class="totalPages"></span>'
    if sheet.type.browser_lines:
        day = MADE.strftime("%Y/%m/%d %H:%M")
        return _margin(day, _escaped(sheet.title), ""), _margin(ADDRESS, "", f"{page}/{pages}")
    return _margin("", "", ""), _margin("", sheet.type.page_number.format(page=page, pages=pages), "")


def _margin(left: str, middle: str, right: str) -> str:
    style = "display: flex; justify-content: space-between; width: 100%; margin: 0 8mm; font-size: 8pt"
    return f'<div style="{style}"><span>{left}</span><span>{middle}</span><span>{right}</span></div>'


def _escaped(text: str) -> str:
    return html.escape(text, quote=False).replace("\n", "<br>")


def _table(table: Table, columns: str) -> str:
    rows = [f"<tr>{''.join(map(_cell, cells))}</tr>" for cells in table.by_row()]
    head, body = rows[: table.header_rows], rows[table.header_rows :]
    parts = [f"<table><colgroup>{columns}</colgroup>"]
    if head:
        parts += ["<thead>", *head, "</thead>"]
    return "\n".join([*parts, "<tbody>", *body, "</tbody></table>"])


def _cell(cell: SheetCell) -> str:
    spans = f' rowspan="{cell.row_span}"' * (cell.row_span > 1)
    spans += f' colspan="{cell.column_span}"' * (cell.column_span > 1)
    kind = cell.align + " label" * cell.label
    return f'<td class="{kind}"{spans}>{_escaped(cell.text)}</td>'
