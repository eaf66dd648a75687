"""What styles and direct formatting say of a run: hidden, struck out, raised, in which font, of which colour."""

from __future__ import annotations

from dataclasses import dataclass, replace

from extract.office.package import Element
from extract.office.word.markup import at, has, qualified, switch, value, whole
from extract.office.word.numbers import ListLevel, element_to_level
from extract.page.symbols import is_symbol_font

_DEEPEST_STYLE = 20
"""A style may name itself as its parent, directly or through others."""
_TINIEST_HALF_POINTS = 4
"""Text of two points is a hair's breadth high: it is there to be found by programs, not to be read."""
_NARROWEST_PERCENT = 5
"""Letters of a twentieth of their width are strokes without a shape; Word's own list of widths begins at 33 %."""
_FONT_ATTRIBUTES = tuple(map(qualified, ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia")))
_WHITE_THEMES = ("background1", "light1")
_ALIKE_HEX_LEVELS = 24
"""Text is not seen when each of red, green and blue differs less than this from what lies behind it."""
WHITE_PAPER = "FFFFFF"


@dataclass(frozen=True, slots=True)
class Face:
    """How a run is printed. `colour` and `ground` (its own shading) are hexadecimal, "" where not set."""

    hidden: bool = False
    struck: bool = False
    raised: bool = False
    symbol_font: str = ""
    colour: str = ""
    ground: str = ""
    tiny: bool = False

    def over(self, below: Face) -> Face:
        """This face of a character style upon that of a paragraph: what either sets, this one first."""
        return Face(
            self.hidden or below.hidden,
            self.struck or below.struck,
            self.raised or below.raised,
            self.symbol_font or below.symbol_font,
            self.colour or below.colour,
            self.ground or below.ground,
            self.tiny or below.tiny,
        )

    def is_unseen(self, ground: str | None) -> bool:
        """Whether nobody sees the run on paper shaded `ground` (`None`: nobody knows how)."""
        behind = self.ground or ground
        return self.tiny or (bool(self.colour) and behind is not None and _alike(self.colour, behind))


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """What a style says about a paragraph and its runs, its parents included."""

    face: Face = Face()
    heading: bool = False
    level: ListLevel = (None, 0)
    ground: str = ""


@dataclass(frozen=True, slots=True)
class StyleSheet:
    """The styles of a document by name, and which styles of tables shade cells."""

    styles: dict[str, ParagraphStyle]
    shading_tables: frozenset[str]

    def style(self, name: str | None) -> ParagraphStyle:
        """The style of this name; one that says nothing where there is none."""
        return self.styles.get(name or "", ParagraphStyle())


def read_style_sheet(root: Element | None) -> StyleSheet:
    """The styles in the part `styles.xml`, which a document can do without."""
    elements = (
        {}
        if root is None
        else {node.get(qualified("w:styleId"), ""): node for node in root.iterfind(qualified("w:style"))}
    )
    resolved: dict[str, ParagraphStyle] = {}
    for name in elements:
        _resolve(name, elements, resolved)
    shading = {
        name
        for name, node in elements.items()
        if any(shading_of(shade) not in ("", WHITE_PAPER) for shade in node.iter(qualified("w:shd")))
    }
    return StyleSheet(resolved, frozenset(shading))


def _resolve(
    name: str, elements: dict[str, Element], resolved: dict[str, ParagraphStyle], depth: int = 0
) -> ParagraphStyle:
    if name not in elements or depth > _DEEPEST_STYLE:
        return ParagraphStyle()
    if name not in resolved:
        node = elements[name]
        parent = _resolve(value(node, "w:basedOn") or "", elements, resolved, depth + 1)
        title = (value(node, "w:name") or "").lower().startswith(("heading", "title", "标题"))
        resolved[name] = ParagraphStyle(
            run_face(node, parent.face),
            title or parent.heading,
            element_to_level(node, parent.level),
            shading_of(at(node, "w:pPr/w:shd")) or parent.ground,
        )
    return resolved[name]


def run_face(node: Element, inherited: Face) -> Face:
    """The face of a run or style by its own `w:rPr`, what is not set there as `inherited`."""
    own = at(node, "w:rPr")
    if own is None or not len(own):
        return inherited
    colour = at(own, "w:color")
    shade = shading_of(at(own, "w:shd")) or (_highlight(value(own, "w:highlight")))
    vertical = value(own, "w:vertAlign")
    fonts = at(own, "w:rFonts")
    return replace(
        inherited,
        hidden=switch(own, "w:vanish", inherited.hidden),
        struck=switch(own, "w:strike", inherited.struck) or switch(own, "w:dstrike", False),
        raised=inherited.raised if vertical is None else vertical == "superscript",
        symbol_font=inherited.symbol_font if fonts is None else _symbol_font(fonts),
        colour=inherited.colour if colour is None else _colour(colour),
        ground=shade or inherited.ground,
        tiny=_is_tiny(own, inherited.tiny),
    )


def _is_tiny(own: Element, otherwise: bool) -> bool:
    """Whether letters are too small, or drawn too narrow, to be seen."""
    if has(own, "w:w") and whole(value(own, "w:w"), 100) <= _NARROWEST_PERCENT:
        return True
    return whole(value(own, "w:sz"), 99) <= _TINIEST_HALF_POINTS if has(own, "w:sz") else otherwise


def _symbol_font(fonts: Element) -> str:
    return next((font for name in _FONT_ATTRIBUTES if (font := fonts.get(name)) and is_symbol_font(font)), "")


def _colour(node: Element) -> str:
    written = (node.get(qualified("w:val")) or "").upper()
    if node.get(qualified("w:themeColor")) in _WHITE_THEMES and not node.get(qualified("w:themeShade")):
        return WHITE_PAPER
    return written if _is_hex(written) else ""


def shading_of(node: Element | None) -> str:
    """The colour that a `w:shd` paints, hexadecimal; "" for none, or one that is left to the program."""
    if node is None:
        return ""
    written = (node.get(qualified("w:fill")) or "").upper()
    if node.get(qualified("w:val")) == "solid":
        written = (node.get(qualified("w:color")) or "").upper()
    return written if _is_hex(written) else ""


def _highlight(name: str | None) -> str:
    """Highlights are strong colours; only white text in white is unseen, so that any other will do."""
    return "" if name in (None, "none") else WHITE_PAPER if name == "white" else "808000"


def _is_hex(text: str) -> bool:
    return len(text) == 6 and all(c in "0123456789ABCDEF" for c in text)


def _alike(colour: str, ground: str) -> bool:
    pairs = ((int(colour[n : n + 2], 16), int(ground[n : n + 2], 16)) for n in (0, 2, 4))
    return all(abs(a - b) < _ALIKE_HEX_LEVELS for a, b in pairs)


def cell_ground(cell: Element, around: str | None) -> str | None:
    """The colour of the paper in a table cell: its own shading, or that `around` the table."""
    return shading_of(at(cell, "w:tcPr/w:shd")) or around


def table_ground(table: Element, sheet: StyleSheet, around: str | None) -> str | None:
    """The colour of the paper in a table without shading of its cells; `None` where its style shades some of them."""
    if value(table, "w:tblPr/w:tblStyle") in sheet.shading_tables:
        return None
    return shading_of(at(table, "w:tblPr/w:shd")) or around
