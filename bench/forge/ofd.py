"""A sheet → an OFD file (GB/T 33190), in the dialects of several writers."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from bench.forge.archive import MADE
from bench.forge.drawn import DrawnPage, Stroke, Words, sheet_to_pages
from bench.forge.sheet import Sheet

_SPACE = "http://www.ofdspec.org/2016"
_LINE_MM = 0.25


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a writer of OFD writes: names of folders and parts, prefix, and how it draws words and lines."""

    prefix: str
    folder: str
    words: Callable[[Words, str], str]
    stroke: Callable[[Stroke, str], str]
    absolute: bool = False
    template: bool = False
    backslashes: bool = False
    upper: bool = False
    declared: bool = True


def sheet_to_ofd(sheet: Sheet, path: Path, dialect: str) -> None:
    """Write a sheet as an OFD file; the same sheet and dialect give the same bytes."""
    writer = DIALECTS[dialect]
    pages = sheet_to_pages(sheet)
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in _parts(pages, writer):
            spelt = name.replace("/", "\\") if writer.backslashes else name
            info = ZipInfo(spelt.upper() if writer.upper else spelt, MADE.timetuple()[:6])
            info.compress_type = ZIP_DEFLATED
            archive.writestr(info, f'<?xml version="1.0" encoding="UTF-8"?>\n{content}')


def _parts(pages: Sequence[DrawnPage], writer: Dialect) -> Iterator[tuple[str, str]]:
    p, folder = writer.prefix, writer.folder
    root = f"/{folder}/" if writer.absolute else ""
    body = f"<{p}DocInfo><{p}DocID>{'0' * 32}</{p}DocID></{p}DocInfo><{p}DocRoot>{folder}/Document.xml</{p}DocRoot>"
    yield "OFD.xml", _root(writer, "OFD", f"<{p}DocBody>{body}</{p}DocBody>", ' Version="1.0" DocType="OFD"')
    listed = "".join(
        f'<{p}Page ID="{100 + n}" BaseLoc="{root}Pages/Page_{n}/Content.xml"/>' for n in range(len(pages))
    )
    area = f"<{p}PhysicalBox>0 0 {pages[0].width:g} {pages[0].height:g}</{p}PhysicalBox>"
    common = f"<{p}MaxUnitID>100000</{p}MaxUnitID><{p}PageArea>{area}</{p}PageArea>"
    common += f"<{p}PublicRes>{root}PublicRes.xml</{p}PublicRes>"
    if writer.template:
        common += "".join(
            f'<{p}TemplatePage ID="{900 + n}" BaseLoc="{root}Tpls/Tpl_{n}/Content.xml"/>'
            for n in range(len(pages))
        )
    document = f"<{p}CommonData>{common}</{p}CommonData><{p}Pages>{listed}</{p}Pages>"
    yield f"{folder}/Document.xml", _root(writer, "Document", document)
    fonts = f'<{p}Fonts><{p}Font ID="3" FontName="SimSun" FamilyName="SimSun"/></{p}Fonts>'
    yield f"{folder}/PublicRes.xml", _root(writer, "Res", fonts, ' BaseLoc="Res"')
    for number, page in enumerate(pages):
        words = "\n".join(writer.words(one, p) for one in page.words)
        lines = "\n".join(writer.stroke(one, p) for one in page.strokes)
        if writer.template:
            used = f'<{p}Template TemplateID="{900 + number}" ZOrder="Background"/>'
            yield (
                f"{folder}/Pages/Page_{number}/Content.xml",
                _root(writer, "Page", used + _content(words, p)),
            )
            yield f"{folder}/Tpls/Tpl_{number}/Content.xml", _root(writer, "Page", _content(lines, p))
        else:
            yield (
                f"{folder}/Pages/Page_{number}/Content.xml",
                _root(writer, "Page", _content(f"{lines}\n{words}", p)),
            )


def _root(writer: Dialect, name: str, content: str, attributes: str = "") -> str:
    p = writer.prefix
    space = f' xmlns{":" * bool(p)}{p.rstrip(":")}="{_SPACE}"' if writer.declared else ""
    return f"<{p}{name}{space}{attributes}>{content}</{p}{name}>"


def _content(objects: str, p: str) -> str:
    return f'<{p}Content><{p}Layer ID="2" Type="Body">\n{objects}\n</{p}Layer></{p}Content>'


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)


def _box(words: Words, *, from_base: float = 1.0) -> str:
    wide = sum(words.steps)
    return f"{words.x:g} {words.y - from_base * words.size:g} {wide:g} {1.2 * words.size:g}"


def _repeats(steps: Sequence[float]) -> str:
    """Steps with equal ones told by `g`, as a compact writer has them."""
    out = []
    for step, run in groupby(f"{step:g}" for step in steps):
        count = len(list(run))
        out.append(f"g {count} {step}" if count > 2 else " ".join([step] * count))
    return " ".join(out)


def _words_in_one_code(words: Words, p: str) -> str:
    """A line is one TextCode with the steps between its characters, equal ones repeated."""
    steps = f' DeltaX="{_repeats(words.steps[:-1])}"' if len(words.text) > 1 else ""
    code = f'<{p}TextCode X="0" Y="{words.size:g}"{steps}>{_escaped(words.text)}</{p}TextCode>'
    return (
        f'<{p}TextObject ID="7" Boundary="{_box(words)}" Font="3" Size="{words.size:g}">'
        f'<{p}FillColor Value="0 0 0"/>{code}</{p}TextObject>'
    )


def _words_in_many_codes(words: Words, p: str) -> str:
    """Every character is a TextCode of its own, in units of a tenth that a CTM leads back."""
    codes, x = [], 0.0
    for char, step in zip(words.text, words.steps, strict=True):
        codes.append(f'<{p}TextCode X="{10 * x:g}" Y="{10 * words.size:g}">{_escaped(char)}</{p}TextCode>')
        x += step
    return (
        f'<{p}TextObject ID="7" Boundary="{_box(words)}" CTM="0.1 0 0 0.1 0 0" Font="3" '
        f'Size="{10 * words.size:g}">{"".join(codes)}</{p}TextObject>'
    )


def _words_on_page(words: Words, p: str) -> str:
    """Boundary is the whole page; the type is half as wide, stretched by HScale, with glyphs of its own."""
    steps = " ".join(f"{step:g}" for step in words.steps[:-1])
    count = len(words.text)
    glyphs = " ".join(str(40 + n) for n in range(count))
    return (
        f'<{p}TextObject ID="7" Boundary="0 0 297 297" Font="3" Size="{words.size:g}" HScale="1.0">'
        f'<{p}CGTransform CodePosition="0" CodeCount="{count}" GlyphCount="{count}"><{p}Glyphs>{glyphs}</{p}Glyphs>'
        f'</{p}CGTransform><{p}TextCode X="{words.x:g}" Y="{words.y:g}" DeltaX="{steps}">'
        f"{_escaped(words.text)}</{p}TextCode></{p}TextObject>"
    )


def _line_stroked(stroke: Stroke, p: str) -> str:
    """A stroke in a boundary as thin as itself."""
    wide, high = stroke.x1 - stroke.x0, stroke.y1 - stroke.y0
    return (
        f'<{p}PathObject ID="8" Boundary="{stroke.x0:g} {stroke.y0:g} {wide or _LINE_MM:g} {high or _LINE_MM:g}" '
        f'LineWidth="{_LINE_MM}"><{p}StrokeColor Value="0 0 0"/>'
        f"<{p}AbbreviatedData>M 0 0 L {wide:g} {high:g}</{p}AbbreviatedData></{p}PathObject>"
    )


def _line_filled(stroke: Stroke, p: str) -> str:
    """A thin rectangle filled, upside down as converters from PDF leave it."""
    x0, y0 = stroke.x0 - _LINE_MM / 2, stroke.y0 - _LINE_MM / 2
    x1, y1 = stroke.x1 + _LINE_MM / 2, stroke.y1 + _LINE_MM / 2
    data = f"M {x0:g} {297 - y0:g} L {x1:g} {297 - y0:g} L {x1:g} {297 - y1:g} L {x0:g} {297 - y1:g} C"
    return (
        f'<{p}PathObject ID="8" Boundary="0 0 297 297" CTM="1 0 0 -1 0 297" Stroke="false" Fill="true">'
        f'<{p}FillColor Value="0"  ColorSpace="none"/><{p}AbbreviatedData>{data}</{p}AbbreviatedData></{p}PathObject>'
    )


def _line_in_block(stroke: Stroke, p: str) -> str:
    """A stroke in a block of its own, clipped to the page."""
    data = f"M {stroke.x0:g} {stroke.y0:g} L {stroke.x1:g} {stroke.y1:g}"
    clip = (
        f'<{p}Clips><{p}Clip><{p}Area><{p}Path Boundary="0 0 297 297">'
        f"<{p}AbbreviatedData>M 0 0 L 297 0 L 297 297 L 0 297 C</{p}AbbreviatedData></{p}Path></{p}Area></{p}Clip></{p}Clips>"
    )
    return (
        f'<{p}PageBlock ID="9"><{p}PathObject ID="8" Boundary="0 0 297 297" LineWidth="{_LINE_MM}">{clip}'
        f"<{p}AbbreviatedData>{data}</{p}AbbreviatedData></{p}PathObject></{p}PageBlock>"
    )


DIALECTS = {
    "compact": Dialect("ofd:", "Doc_0", _words_in_one_code, _line_stroked),
    "single": Dialect("ofd:", "Doc_0", _words_in_many_codes, _line_filled, absolute=True, upper=True),
    "template": Dialect("", "Doc_0", _words_on_page, _line_in_block, template=True),
    "loose": Dialect(
        "ofd:", "文档_0", _words_in_one_code, _line_in_block, template=True, backslashes=True, declared=False
    ),
}
"""Writers by name: one code a line; one code a character; lines in a template; whoever keeps to nothing."""
