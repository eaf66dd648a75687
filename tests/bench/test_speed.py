"""The bench of speed: its clock, its stages, the files it makes."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest

from bench.speed.inputs import PRINT, SAMPLES, born_digital, one_page, page_count, repeated
from bench.speed.one import WARM, bare_network
from bench.speed.scan_parts import scan_parts_timed
from bench.speed.stages import STAGES, Stopwatch, file_to_stages
from extract.ocr.rapid import RapidEngine
from extract.ocr.sharing import Sharing
from extract.scan import reader
from extract.scan.page_picture import PagePicture
from normalize import declaration
from tests.linepictures import printed


def busy(seconds: float) -> None:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def test_a_stage_within_another_stops_the_others_clock() -> None:
    watch = Stopwatch()
    with watch.stage("decode"):
        busy(0.01)
        watch.timed("repair", busy)(0.03)
    assert watch.spent["repair"] == pytest.approx(0.03, abs=0.005)
    assert watch.spent["decode"] == pytest.approx(0.01, abs=0.005)


def test_every_stage_of_a_form_takes_time_and_nothing_stays_replaced() -> None:
    check = vars(declaration)["check_declaration"]
    spent = file_to_stages(WARM)
    assert list(spent) == list(STAGES)
    assert all(seconds > 0 for seconds in spent.values())
    assert vars(declaration)["check_declaration"] is check


def test_every_part_of_a_scan_has_its_own_time_and_nothing_stays_replaced() -> None:
    before = vars(reader)["picture_to_scanned_page"]
    page = np.full((1169, 827, 3), 255, np.uint8)
    line = printed("核心业务产出完成率明显提升")
    for top in range(100, 1000, 100):
        page[top : top + line.shape[0], 100 : 100 + line.shape[1]] = line
    with scan_parts_timed() as parts:
        reader.read_picture(PagePicture(1, page, 100 / 72), Sharing(RapidEngine()))
    assert {name for name, spent in parts.items() if spent > 0} >= {"page", "recogniser", "cells"}
    assert vars(reader)["picture_to_scanned_page"] is before


def test_a_longer_file_has_its_pages_again(tmp_path: Path) -> None:
    assert page_count(repeated(PRINT, 2, tmp_path / "long.pdf")) == 2 * page_count(PRINT)


def test_one_page_of_a_file_is_a_file(tmp_path: Path) -> None:
    assert page_count(one_page(PRINT, tmp_path / "page.pdf")) == 1


def test_a_print_with_a_scanned_page_in_it_is_not_born_digital() -> None:
    assert born_digital(PRINT)
    assert not born_digital(SAMPLES / "jiaotong-mixed.pdf")


def test_the_bare_network_reads_the_picture_of_a_line() -> None:
    assert bare_network(printed("无")) > 0
