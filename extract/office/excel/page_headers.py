"""What a sheet prints at the head of its pages."""

from __future__ import annotations

import re

from extract.office.excel.workbook import unescape

_HEADER_CODE = re.compile(r'&(?:"[^"]*"|[0-9]{1,3}|K[0-9A-F]{6}|K[0-9]{2}[-+][0-9]{3}|[A-Z])')


def header_to_lines(code: str) -> list[str]:
    """The left, middle and right text of a page header, without its codes; page numbers and dates are left out.

    >>> header_to_lines('&L单位：万元&C&"宋体,Bold"&14申报表&R第 &P 页')
    ['单位：万元', '申报表']
    """
    lines = []
    for part in re.split(r"&[LCR]", code):
        if not re.search(r"&[PNDTFAZG]", part):
            text = _HEADER_CODE.sub("", part.replace("&&", "\0")).replace("\0", "&")
            lines += [line.strip() for line in unescape(text).split("\n") if line.strip()]
    return lines
