"""A workbook's cell styles: the number format, and whether a person sees the text at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extract.office.package import Element

_LONG_DATE, _YEAR_MONTH, _MONTH_DAY = 'yyyy"年"m"月"d"日"', 'yyyy"年"m"月"', 'm"月"d"日"'
BUILT_IN_FORMATS = {
    **{0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00"},
    **{
        5: '"¥"#,##0;"¥"-#,##0',
        6: '"¥"#,##0;"¥"-#,##0',
        7: '"¥"#,##0.00;"¥"-#,##0.00',
        8: '"¥"#,##0.00;"¥"-#,##0.00',
    },
    **{12: "# ?/?", 13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy"},
    **{18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm"},
    **{30: "m-d-yy", 31: _LONG_DATE, 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"'},
    **{
        34: '上午/下午h"时"mm"分"',
        35: '上午/下午h"时"mm"分"ss"秒"',
        55: '上午/下午h"时"mm"分"',
        56: '上午/下午h"时"mm"分"ss"秒"',
    },
    **dict.fromkeys((27, 36, 50, 52, 57), _YEAR_MONTH),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), _MONTH_DAY),
    **{37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00"},
    **{
        41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ',
        42: '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
    },
    **{
        43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
        44: '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ',
    },
    **{45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@"},
}
"""Formats that a workbook names by number alone, as a Chinese Excel shows them (ECMA-376 part 1, 18.8.30)."""
RgbColour = tuple[int, int, int]
"""Red, green and blue, 0 to 255."""
WHITE_GROUND, BLACK = (255, 255, 255), (0, 0, 0)
_INDEXED: dict[int, RgbColour] = {0: BLACK, 1: WHITE_GROUND, 8: BLACK, 9: WHITE_GROUND, 65: WHITE_GROUND}
"""The colours of the old palette that decide whether text is seen (ECMA-376 part 1, 18.8.27)."""
_SHADED: RgbColour = (128, 128, 128)
"""Stands for a fill of two colours, on which both black and white are seen."""
_TINIEST_PT = 2
"""Text of two points is a hair's breadth high."""
_ALIKE_LEVELS = 24
"""Text is not seen when each of red, green and blue differs less than this from what lies behind it."""


@dataclass(frozen=True, slots=True)
class CellStyle:
    """How a cell's value is shown: its format code, whether it is struck out, whether it has the colour behind it.

    `across`: it is centred across this cell and the blank ones of the same kind beside it (ECMA-376 part 1, 18.18.40).
    """

    code: str = "General"
    struck: bool = False
    unseen: bool = False
    fill: RgbColour = WHITE_GROUND
    across: bool = False


@dataclass(frozen=True, slots=True)
class _Font:
    struck: bool
    colour: RgbColour | None
    tiny: bool = False


def read_cell_styles(root: Element | None, theme: Element | None) -> tuple[CellStyle, ...]:
    """The styles that cells name by their position in `cellXfs`; `theme` holds the colours that fonts refer to."""
    if root is None:
        return ()
    colours = _theme_colours(theme)
    codes = dict(BUILT_IN_FORMATS)
    for node in root.iterfind("{*}numFmts/{*}numFmt"):
        number = _number(node.get("numFmtId"))
        # Excel shows the numbers of its own table by that table, whatever code a file gives them
        if number not in BUILT_IN_FORMATS:
            codes[number] = node.get("formatCode") or "General"
    fonts = [_font(node, colours) for node in root.iterfind("{*}fonts/{*}font")]
    fills = [_fill(node, colours) for node in root.iterfind("{*}fills/{*}fill")]
    return tuple(_style(node, codes, fonts, fills) for node in root.iterfind("{*}cellXfs/{*}xf"))


def _style(
    node: Element, codes: dict[int, str], fonts: Sequence[_Font], fills: Sequence[RgbColour]
) -> CellStyle:
    font, fill = _number(node.get("fontId")), _number(node.get("fillId"))
    face = fonts[font] if font < len(fonts) else _Font(False, None)
    ground = fills[fill] if fill < len(fills) else WHITE_GROUND
    code = codes.get(_number(node.get("numFmtId")), "General")
    alignment = node.find("{*}alignment")
    across = alignment is not None and alignment.get("horizontal") == "centerContinuous"
    return CellStyle(code, face.struck, face.tiny or is_unseen(face.colour, ground), ground, across)


def is_unseen(colour: RgbColour | None, ground: RgbColour) -> bool:
    """Whether text of this colour (`None`: automatic, black) cannot be told from what lies behind it."""
    return colour is not None and all(abs(a - b) < _ALIKE_LEVELS for a, b in zip(colour, ground, strict=True))


def _font(node: Element, colours: Sequence[RgbColour]) -> _Font:
    colour = colour_of(node.find("{*}color"), colours)
    return _Font(is_on(node.find("{*}strike")), colour, is_tiny(node))


def is_tiny(font: Element) -> bool:
    """Whether a font is too small to be read: it is there for programs, not for persons."""
    size = font.find("{*}sz")
    try:
        return size is not None and 0 < float(size.get("val") or "") <= _TINIEST_PT
    except ValueError:
        return False


def is_on(node: Element | None) -> bool:
    """Whether a switch such as `<strike/>` is on."""
    return node is not None and node.get("val") not in ("0", "false", "off")


def _fill(node: Element, colours: Sequence[RgbColour]) -> RgbColour:
    pattern = node.find("{*}patternFill")
    if pattern is None or pattern.get("patternType") != "solid":
        plain = pattern is not None and pattern.get("patternType") in (None, "none")
        return WHITE_GROUND if plain else _SHADED
    painted = pattern.find("{*}fgColor")
    automatic = painted is None or painted.get("indexed") in ("64", "65")
    return colour_of(painted, colours) or (WHITE_GROUND if automatic else _SHADED)


def colour_of(node: Element | None, colours: Sequence[RgbColour] = (WHITE_GROUND, BLACK)) -> RgbColour | None:
    """The colour that a node gives by its parts, its place in the theme or in the old palette; `None` for automatic."""
    if node is None:
        return None
    written, theme, indexed = node.get("rgb"), node.get("theme"), node.get("indexed")
    if written is not None:
        return hex_to_colour(written[-6:])
    if theme is not None:
        place = _number(theme)
        return _tinted(colours[place], node.get("tint")) if place < len(colours) else None
    return _INDEXED.get(_number(indexed)) if indexed is not None else None


def hex_to_colour(written: str) -> RgbColour | None:
    """`FF0000` as red, green and blue; `None` for what is none.

    >>> hex_to_colour("FF8000"), hex_to_colour("auto")
    ((255, 128, 0), None)
    """
    try:
        value = int(written, 16)
    except ValueError:
        return None
    return (value >> 16 & 255, value >> 8 & 255, value & 255) if len(written) == 6 else None


def _tinted(colour: RgbColour, tint: str | None) -> RgbColour:
    """Lighter by a positive tint, darker by a negative one (ECMA-376 part 1, 18.8.19, by parts instead of lightness)."""
    try:
        share = max(-1.0, min(1.0, float(tint or 0)))
    except ValueError:
        return colour
    red, green, blue = (
        round(part * (1 + share) if share < 0 else part + (255 - part) * share) for part in colour
    )
    return red, green, blue


def _theme_colours(theme: Element | None) -> tuple[RgbColour, ...]:
    """The colours of a theme in the order that fonts count them: light and dark are swapped pairwise."""
    scheme = None if theme is None else theme.find("{*}themeElements/{*}clrScheme")
    if scheme is None:
        return (WHITE_GROUND, BLACK)
    found = []
    for node in scheme:
        child = next(iter(node), None)
        written = "" if child is None else child.get("lastClr") or child.get("val") or ""
        found.append(hex_to_colour(written) or BLACK)
    for pair in (0, 2):
        found[pair : pair + 2] = reversed(found[pair : pair + 2])
    return tuple(found)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0
