"""Tables for a clerk, once as a page that opens anywhere and once as a workbook: the same rows in both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from urllib.parse import quote

from openpyxl import Workbook

from shenbao.ingest.report.html import STYLE
from shenbao.ingest.report.report_rows import STATE_COLOURS, places
from shenbao.ingest.report.xlsx import StateRows, book_to_bytes, write_state_sheet
from shenbao.text_gate import storable

_MORE_STYLE = """
.note { color: #555; }
svg text { font: 12px "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; }
ul.remarks { background: #FFF8E5; padding: .6em 2em; }
"""


class Link(str):
    """A text that leads to another page of the same report."""

    __slots__ = ("href",)

    def __new__(cls, text: str, href: str) -> Link:
        """`href` is a path from the page that has the link, as it lies on the disk."""
        made = super().__new__(cls, text)
        made.href = quote(href)
        return made

    href: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A table: its title, a word about it, the titles of its columns, and its rows with their states (colours)."""

    title: str
    titles: Sequence[str]
    rows: StateRows
    note: str = ""


def listings_to_html(
    title: str, remarks: Sequence[str], listings: Sequence[Listing], charts: Sequence[str] = ()
) -> str:
    """The page, in Chinese: remarks, then `charts` (SVG), then the tables; no script, no other file."""
    colours = "\n".join(f".{state} {{ background: #{colour}; }}" for state, colour in STATE_COLOURS.items())
    listed = "".join(f"<li>{html_text(remark)}</li>" for remark in remarks)
    head = f'<ul class="remarks">{listed}</ul>\n' if listed else ""
    body = "".join(map(_listing_to_html, listings))
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>{html_text(title)}</title>'
        f"<style>{STYLE}{_MORE_STYLE}{colours}</style></head><body>\n<h1>{html_text(title)}</h1>\n"
        f"{head}{''.join(charts)}{body}</body></html>\n"
    )


def listings_to_xlsx(listings: Sequence[Listing]) -> bytes:
    """A workbook with a sheet a table."""
    book = Workbook(write_only=True)
    for listing in listings:
        write_state_sheet(book, listing.title, listing.titles, listing.rows)
    return book_to_bytes(book)


def html_text(text: str) -> str:
    """Text that stays text on a page: no markup of a form's is ever one of ours."""
    return escape(storable(text))


def _listing_to_html(listing: Listing) -> str:
    head = "".join(f"<th>{html_text(title)}</th>" for title in listing.titles)
    body = "".join(
        f'<tr class="{state}">{"".join(map(_cell, cells))}</tr>\n' for state, cells in listing.rows
    )
    note = f'<p class="note">{html_text(listing.note)}</p>\n' if listing.note else ""
    if not body:
        return f"<h2>{html_text(listing.title)}</h2>\n{note}<p>无</p>\n"
    table = f"<table><thead><tr>{head}</tr></thead><tbody>\n{body}</tbody></table>\n"
    return f"<h2>{html_text(listing.title)}（{len(listing.rows)}）</h2>\n{note}{table}"


def _cell(value: object) -> str:
    if isinstance(value, Decimal):
        return f'<td class="n">{value:,.{places(value)}f}</td>'
    if isinstance(value, int):
        return f'<td class="n">{value:,}</td>'
    if isinstance(value, Link):
        return f'<td><a href="{value.href}">{html_text(value)}</a></td>'
    return f"<td>{html_text(str(value or '')).replace(chr(10), '<br>')}</td>"
