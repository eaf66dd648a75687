"""One form in every dialect of the forge: the same data, and every character where another reader finds one."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import ofdkit
import pytest

from bench.forge.declarations import declare
from bench.forge.departments import half_to_departments
from bench.forge.layouts import LAYOUTS
from bench.forge.ofd import DIALECTS, sheet_to_ofd
from bench.forge.traits import Traits
from bench.forge.typeset import typeset
from extract.ofd.reader import read_ofd
from models.document import TextLine
from models.grid import Grid
from shenbao.pipeline import read_submission
from shenbao.readers import Settings

LAYOUT = LAYOUTS["standard"]
TRUTH = declare(7, LAYOUT.form, Traits(), half_to_departments("dev"))


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("ofd")
    paths = {dialect: folder / f"{dialect}.ofd" for dialect in DIALECTS}
    for dialect, path in paths.items():
        sheet_to_ofd(typeset(TRUTH, LAYOUT, 7), path, dialect)
    return paths


def test_every_dialect_gives_the_same_data(forms: dict[str, Path]) -> None:
    read = {dialect: read_submission(path, Settings()) for dialect, path in forms.items()}
    assert {found.status for found in read.values()} == {"accepted"}
    assert len({found.forms[0].data.model_dump_json() for found in read.values()}) == 1


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_character_is_one_that_ofdkit_finds(forms: dict[str, Path], dialect: str) -> None:
    pieces = read_ofd(forms[dialect]).pieces
    ours = [piece.text for piece in pieces if isinstance(piece, TextLine)]
    ours += [cell.text for piece in pieces if isinstance(piece, Grid) for cell in piece.cells]
    with ofdkit.open(forms[dialect]) as document:
        theirs = "".join(run.text for page in document.pages for run in page.runs)
    lost = Counter("".join(theirs.split())) - Counter("".join("".join(ours).split()))
    # page numbers are left out
    assert set(lost) <= set("0123456789第页共—/")
