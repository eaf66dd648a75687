"""The report of the benches."""

from __future__ import annotations

import getpass
import io
import platform

import pytest
from rich.console import Console
from rich.table import Table

from bench.accuracy.trust import shorten
from bench.fields import Field
from bench.report.__main__ import page
from bench.report.machine import machine
from bench.report.readme import READMES, quoted, with_block
from bench.report.shown import Shown, markdown_to_shown, percent, rich_to_shown
from bench.tally import Tally
from tests.places import ROOT


def test_a_table_is_written_as_markdown() -> None:
    shown = Shown("Scans", "Made up.", ("damage", "exact"), (("fax", "98 %"), ("a|b\nc", "–")))
    assert shown.to_markdown(2).splitlines() == [
        "## Scans",
        "",
        "Made up.",
        "",
        "| damage | exact |",
        "|---|---:|",
        "| fax | 98 % |",
        "| a\\|b c | – |",
    ]


def test_a_table_is_read_back_from_a_page() -> None:
    shown = Shown("Scans", "Made up.", ("damage", "exact"), (("fax", "98 %"), ("a|b", "–")))
    written = page("# Results", [], [Shown("Files", "", ("kind",), (("docx",),)), shown])
    assert markdown_to_shown(written, "Scans") == shown


@pytest.mark.parametrize("language", range(len(READMES)))
def test_the_readmes_quote_the_results(language: int) -> None:
    readme = (ROOT / READMES[language]).read_text("utf-8")
    assert quoted(readme, language) == readme, "python -m bench.report.readme"


def test_a_block_is_replaced_between_its_markers_only() -> None:
    begin, end = "<!-- a: written by a bench, not by hand -->", "<!-- end of a -->"
    assert with_block(f"1\n{begin}\nold\n{end}\n2", "a", "new") == f"1\n{begin}\nnew\n{end}\n2"
    with pytest.raises(ValueError, match="no block"):
        with_block("1", "a", "new")


def test_what_a_bench_prints_becomes_a_table() -> None:
    table = Table("rows", "time", title="decoding")
    table.add_row("40", "3 ms")
    assert rich_to_shown(table, "CPU") == Shown("decoding", "CPU", ("rows", "time"), (("40", "3 ms"),))


def test_brackets_in_a_text_are_no_markup() -> None:
    console = Console(width=80, record=True, file=io.StringIO())
    console.print(Shown("Worst", "", ("cell",), (("![/annual/goals](01.png)",),)).to_rich())
    assert "![/annual/goals](01.png)" in console.export_text()


def test_the_machine_is_told_without_names_of_hosts_and_users() -> None:
    told = machine().to_markdown()
    names = {platform.node(), getpass.getuser()} - {"", "localhost"}
    assert "cores" in told
    assert not any(f" {name} " in told for name in names)


def test_a_page_begins_with_its_plots() -> None:
    written = page("# Results", ["damages.png"], [Shown("By kind", "", ("kind",), (("docx",),))])
    assert written.index("![damages](damages.png)") < written.index("## By kind")


def test_shares() -> None:
    assert percent(999, 1000, 3) == "99.900 %"
    assert Tally(fields=8, exact=6).share(6) == 75.0


def test_long_texts_are_shown_by_both_ends() -> None:
    assert shorten("长" * 50 + "短" * 50, 10) == "长长长长长…短短短短短"
    assert shorten("基\x01型") == "基\\x01型"


def test_a_field_of_no_section_belongs_to_the_head() -> None:
    assert Field("/phone", "1", "1", False, None, False, False).section == "head"
