"""A return memo in Word, ready to sign, and as a page with the same."""

from __future__ import annotations

from base64 import b64encode

from shenbao.answer.listing import html_text
from shenbao.answer.memo import Memo, MemoGroup, MemoLine
from shenbao.answer.word_file import WordFile

_WIDTHS_CM = (1.1, 4.4, 6.2, 4.9)
_SAYS = 2
"""The column into which a picture goes."""
_STYLE = """
body { font-family: "Noto Serif CJK SC", SimSun, serif; max-width: 52em; margin: 2em auto; color: #222; }
h1 { text-align: center; font-size: 1.5em; } h2 { font-size: 1.1em; }
table { border-collapse: collapse; width: 100%; margin: .5em 0 1.5em; }
th, td { border: 1px solid #888; padding: .3em .6em; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { background: #f2f2f2; } td.n { text-align: center; } img { max-width: 100%; display: block; margin-top: .3em; border: 1px solid #ccc; }
.sign { text-align: right; line-height: 2.2; } @page { size: A4; margin: 20mm; } tr { break-inside: avoid; }
"""


def memo_to_docx(memo: Memo) -> bytes:
    """The memo as a Word file."""
    file = WordFile()
    file.title(memo.title)
    file.text(memo.salutation)
    for text in memo.letter:
        file.text(text, indented=True)
    for group in memo.groups:
        file.heading(_heading(group))
        file.table(
            _titles(memo),
            [(str(line.number), line.where, line.says, line.asks) for line in group.lines],
            _WIDTHS_CM,
            [(_SAYS, line.picture) if line.picture else None for line in group.lines],
        )
    for text in memo.ending:
        file.text(text, indented=True)
    for text in memo.signature:
        file.right(text)
    return file.to_bytes()


def memo_to_html(memo: Memo) -> str:
    """The memo as a page without script and without other files."""
    letter = "".join(f"<p>{html_text(text)}</p>\n" for text in (memo.salutation, *memo.letter))
    ending = "".join(f"<p>{html_text(text)}</p>\n" for text in memo.ending)
    signature = "<br>".join(map(html_text, memo.signature))
    head = "".join(f"<th>{html_text(title)}</th>" for title in _titles(memo))
    groups = "".join(
        f"<h2>{html_text(_heading(group))}</h2>\n<table><thead><tr>{head}</tr></thead><tbody>\n"
        f"{''.join(map(_row, group.lines))}</tbody></table>\n"
        for group in memo.groups
    )
    title = html_text(f"{memo.title}：{memo.department}")
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style>'
        f"</head><body>\n<h1>{html_text(memo.title)}</h1>\n{letter}{groups}{ending}"
        f'<p class="sign">{signature}</p>\n</body></html>\n'
    )


def _titles(memo: Memo) -> tuple[str, str, str, str]:
    return "序号", memo.columns.place, memo.columns.says, memo.columns.asks


def _heading(group: MemoGroup) -> str:
    return f"{group.heading}（{group.form}）" if group.form else group.heading


def _row(line: MemoLine) -> str:
    picture = ""
    if line.picture:
        data = b64encode(line.picture).decode("ascii")
        picture = f'<img alt="{html_text(line.where)}" src="data:image/png;base64,{data}">'
    where, says, asks = map(html_text, (line.where, line.says, line.asks))
    return (
        f'<tr><td class="n">{line.number}</td><td>{where}</td><td>{says}{picture}</td><td>{asks}</td></tr>\n'
    )
