"""The recogniser: what it reads, that it reads as rapidocr does, and what it does when it cannot."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from rapidocr import RapidOCR

from extract.ocr import rapid
from extract.ocr.engine import Engine, EngineError
from extract.ocr.rapid import RapidEngine
from extract.ocr.recognition import matrix_to_reading
from models.ctc import log_likelihoods
from models.posteriors import join
from normalize.channel.picture_evidence import log_likelihood
from normalize.text.fold import skeleton
from tests.engines import CrashingEngine, RecordedEngine, certain, load, picture_to_hash, record
from tests.linepictures import LINES, MARGIN, SIZE, photocopied, printed


@cache
def rapidocr() -> Any:
    params = {"Rec.rec_batch_num": 1, "Global.use_cls": False, "Global.text_score": 0.0}
    return RapidOCR(params={**params, "Global.log_level": "error"})


@pytest.mark.parametrize("text", LINES)
def test_a_clean_line_is_read(text: str) -> None:
    (reading,) = RapidEngine().read([printed(text)])
    assert (reading.text, reading.confidence > 0.5) == (text, True)
    assert "".join(glyph.char for glyph in reading.glyphs) == text


@pytest.mark.parametrize("text", LINES)
def test_text_and_probabilities_are_rapidocrs_own(text: str) -> None:
    picture = photocopied(printed(text))
    (reading,) = RapidEngine().read([picture])
    public = rapidocr()(picture, use_det=False, use_cls=False, use_rec=True)
    assert (reading.text,) == public.txts
    mean = np.mean([glyph.probability for glyph in reading.glyphs])
    assert mean == pytest.approx(public.scores[0], abs=0.02)


def test_characters_stand_where_they_are_printed() -> None:
    picture = printed("设立依据充分")
    (reading,) = RapidEngine().read([picture])
    printed_at = [(MARGIN + SIZE * (n + 0.5)) / picture.shape[1] for n in range(6)]
    assert [glyph.centre for glyph in reading.glyphs] == pytest.approx(printed_at, abs=0.03)


def test_confidence_is_the_evidence_for_the_text_read() -> None:
    (reading,) = RapidEngine().read([photocopied(printed("设立依据充分"))])
    assert reading.confidence == pytest.approx(np.exp(log_likelihood(reading.posteriors, reading.text)))


def test_the_picture_tells_a_misreading_from_a_rewording() -> None:
    (reading,) = RapidEngine().read([printed("核心业务产出完成率明显提升")])
    read, reworded = log_likelihoods(
        reading.posteriors, ["核心业务产出完成率明显提升", "核心业务产出完成率明显提高"]
    )
    assert read - reworded > 8


def test_a_blank_picture_is_not_recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rapid, "_recogniser", CrashingEngine().read)
    white, nothing = np.full((30, 200, 3), 255, np.uint8), np.zeros((0, 0, 3), np.uint8)
    assert [(r.text, r.confidence) for r in RapidEngine().read([white, nothing])] == [("", 1.0)] * 2


def test_a_cell_may_begin_with_a_blank_line() -> None:
    blank, line = RapidEngine().read([np.full((30, 200, 3), 255, np.uint8), printed("无")])
    assert log_likelihood(join([blank.posteriors, line.posteriors]), "无") > np.log(0.9)


def test_equal_pictures_are_recognised_once() -> None:
    line = printed("有保障")
    first, other, again = RapidEngine().read([line, printed("无"), line.copy()])
    assert first is again
    assert other.text == "无"


def test_no_character_of_the_model_folds_to_two() -> None:
    _, alphabet = rapid._recogniser(1)
    assert {len(char) for char in alphabet} == {1}
    assert max(len(skeleton(char)) for char in alphabet) == 1


def test_a_run_of_frames_is_one_character_and_a_blank_parts_two() -> None:
    best = [0, 1, 1, 0, 1, 2]
    matrix = np.full((6, 3), 0.05, np.float32)
    matrix[range(6), best] = 0.9
    reading = matrix_to_reading(matrix, "费用", 1.0)
    assert reading.text == "费费用"
    assert [glyph.centre for glyph in reading.glyphs] == pytest.approx([2 / 6, 4.5 / 6, 5.5 / 6])


def test_the_detector_finds_lines_from_the_top() -> None:
    page = np.full((400, 800, 3), 255, np.uint8)
    for top, text in ((60, "部门整体绩效目标申报表"), (200, "填报日期：2025年10月20日")):
        line = printed(text)
        page[top : top + line.shape[0], 50 : 50 + line.shape[1]] = line
    first, second = RapidEngine().detect(page)
    assert 50 < first[0][1] < first[2][1] < 125
    assert 190 < second[0][1] < second[2][1] < 265
    assert first[0][0] == pytest.approx(50 + MARGIN, abs=10)


def test_a_page_without_text_has_no_lines() -> None:
    assert RapidEngine().detect(np.full((400, 400, 3), 255, np.uint8)) == []


def test_missing_weights_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("extract.ocr.rapid.resources.files", lambda package: tmp_path)
    with pytest.raises(EngineError, match=r"PP-OCRv6_rec_small\.onnx 缺失"):
        RapidEngine(threads=2).read([printed("无")])


def test_the_version_names_packages_and_weights() -> None:
    assert re.fullmatch(r"onnxruntime 1\.\S+, rapidocr 3\.\S+, PP-OCRv6 [0-9a-f]{12}", RapidEngine().version)


def test_a_recording_plays_back_what_was_read(tmp_path: Path) -> None:
    lines = [printed("有保障"), np.full((30, 200, 3), 255, np.uint8)]
    record(RapidEngine(), lines, tmp_path / "readings.json")
    recorded, read = load(tmp_path / "readings.json").read(lines), RapidEngine().read(lines)
    assert [(r.text, r.glyphs, r.confidence) for r in recorded] == [
        (r.text, r.glyphs, r.confidence) for r in read
    ]
    assert log_likelihood(recorded[0].posteriors, "有保险") == log_likelihood(read[0].posteriors, "有保险")


def test_a_made_up_reading_is_certain() -> None:
    line = printed("无")
    engine: Engine = RecordedEngine({picture_to_hash(line): certain("全面完成")})
    (reading,) = engine.read([line])
    assert log_likelihood(reading.posteriors, "全面完成") == pytest.approx(0.0, abs=1e-4)


def test_weights_that_are_not_those_it_was_measured_with_are_not_loaded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(rapid._WEIGHTS_SHA256, "PP-OCRv6_rec_small.onnx", "0" * 64)
    with pytest.raises(EngineError, match="SHA-256 6f327246b503"):
        rapid._model("PP-OCRv6_rec_small.onnx")


def test_a_short_line_is_looked_at_as_in_training_only_when_a_narrow_look_is_not_sure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    network, alphabet = rapid._recogniser(1)
    widths: list[int] = []

    def watched(tensor: NDArray[np.float32]) -> NDArray[np.float32]:
        widths.append(tensor.shape[3])
        return network(tensor)

    monkeypatch.setattr(rapid, "_recogniser", lambda threads: (watched, alphabet))
    clear, broken = printed("有保障"), photocopied(photocopied(printed("有保障")))
    RapidEngine().read([clear])
    assert [width < 160 for width in widths] == [True]
    RapidEngine().read([broken])
    assert [width < 160 for width in widths] == [True, True, False]
    assert widths[-1] == 320
