"""Maps of fonts that are written as usual are read at once, and as pdfminer reads them; all others are left to it."""

from __future__ import annotations

from io import BytesIO

import pytest
from pdfminer.cmapdb import CMapParser, FileUnicodeMap

from extract.pdf.fonts.usual_maps import bytes_to_map

HEAD = b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Adobe-Identity-UCS def\n"
SPACE = b"1 begincodespacerange\n<00> <FF>\nendcodespacerange\n"
FOOT = b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"


def pdfminers_map(data: bytes) -> dict[int, str]:
    found = FileUnicodeMap()
    CMapParser(found, BytesIO(data)).run()
    return found.cid2unichr


@pytest.mark.parametrize(
    "sections",
    [
        b"2 beginbfchar\n<01> <9644>\n<1D> <FF08>\nendbfchar\n",
        b"1 beginbfrange\n<0013><0015><4EA7>\nendbfrange\n",
        b"1 beginbfchar <20> <0020> endbfchar 1 beginbfchar <20> <00A0> endbfchar ",
        b"1 beginbfchar <21> <D840DC00> endbfchar 1 beginbfrange <22> <23> <D840DC00> endbfrange ",
        b"1 beginbfchar <05> <00660069> endbfchar 0 beginbfchar endbfchar ",
        b"",
    ],
    ids=["chars", "range", "two blanks", "beyond the plane", "ligature", "nothing"],
)
def test_a_map_is_read_as_pdfminer_reads_it(sections: bytes) -> None:
    data = HEAD + SPACE + sections + FOOT
    assert bytes_to_map(data) == pdfminers_map(data)


@pytest.mark.parametrize(
    "data",
    [
        HEAD + b"1 beginbfrange <13> <14> [<4EA7> <4EA8>] endbfrange " + FOOT,
        HEAD + b"1 beginbfchar <13> /A endbfchar " + FOOT,
        HEAD + b"1 beginbfchar <1> <4EA7> endbfchar " + FOOT,
        HEAD + b"1 beginbfchar <13> <4EA7> " + FOOT,
        HEAD + b"/Other usecmap " + FOOT,
        HEAD + b"1 begincidchar <13> 7 endcidchar " + FOOT,
        HEAD + b"% 1 beginbfchar <13> <4EA7> endbfchar\n" + FOOT,
        HEAD + FOOT + b" 1 beginbfchar <13> <4EA7> endbfchar",
        b"1 beginbfchar <13> <4EA7> endbfchar " + HEAD + FOOT,
        HEAD + b"1 beginbfrange <13> <0014> <4EA7> endbfrange " + FOOT,
        HEAD + b"1 beginbfrange <13> <14> <FFFFFFFF> endbfrange " + FOOT,
    ],
)
def test_a_map_that_is_written_in_another_way_is_left_to_pdfminer(data: bytes) -> None:
    assert bytes_to_map(data) is None
