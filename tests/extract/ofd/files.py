"""Small OFD files for tests, written by hand."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def text(words: str, x: float = 20, y: float = 30, more: str = "") -> str:
    """A line of text whose first character's base line begins at `x`, `y` mm."""
    steps = f"g {len(words) - 1} 4" if len(words) > 1 else ""
    code = f'<ofd:TextCode X="0" Y="4" DeltaX="{steps}">{words}</ofd:TextCode>'
    return (
        f'<ofd:TextObject ID="5" Boundary="{x} {y - 4} 90 6" Font="3" Size="4" {more}>{code}</ofd:TextObject>'
    )


def stroke(x0: float, y0: float, x1: float, y1: float) -> str:
    return (
        f'<ofd:PathObject ID="6" Boundary="0 0 210 297"><ofd:AbbreviatedData>M {x0} {y0} L {x1} {y1}'
        "</ofd:AbbreviatedData></ofd:PathObject>"
    )


def frame(xs: tuple[float, ...], ys: tuple[float, ...]) -> str:
    """The lines of a table between these edges in mm."""
    across = [stroke(xs[0], y, xs[-1], y) for y in ys]
    return "".join([*across, *(stroke(x, ys[0], x, ys[-1]) for x in xs)])


def page(objects: str, before: str = "") -> str:
    return f'<ofd:Page {SPACE}>{before}<ofd:Content><ofd:Layer ID="2">{objects}</ofd:Layer></ofd:Content></ofd:Page>'


def parts(*pages: str, common: str = "", document: str = "", body: str = "") -> dict[str, str]:
    """The parts of a file with these pages; the rest goes into its lists."""
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/{n}.xml"/>' for n in range(1, len(pages) + 1))
    area = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    found = {
        "OFD.xml": f"<ofd:OFD {SPACE}><ofd:DocBody><ofd:DocRoot>Doc/Document.xml</ofd:DocRoot>{body}</ofd:DocBody></ofd:OFD>",
        "Doc/Document.xml": (
            f"<ofd:Document {SPACE}><ofd:CommonData>{area}{common}</ofd:CommonData>"
            f"<ofd:Pages>{listed}</ofd:Pages>{document}</ofd:Document>"
        ),
    }
    return found | {f"Doc/Pages/{n}.xml": content for n, content in enumerate(pages, start=1)}


def write(folder: Path, found: Mapping[str, str | bytes]) -> Path:
    path = folder / "form.ofd"
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in found.items():
            archive.writestr(name, content)
    return path
