"""The picture as witness: evidence for and against texts that were not read."""

from __future__ import annotations

import math
from collections import defaultdict
from itertools import groupby, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.ctc import log_likelihoods
from models.posteriors import NOTHING, Posteriors, dense_to_posteriors, join
from normalize.channel.picture_evidence import (
    beams,
    fold_width,
    fold_width_of,
    log_likelihood,
    losses,
    skeleton_of,
)
from normalize.text.fold import skeleton


def seen(alphabet: str, *frames: dict[str, float]) -> Posteriors:
    """Posteriors frame by frame: characters with their probabilities, the rest is blank."""
    matrix = np.array([[1 - sum(f.values()), *(f.get(char, 0.0) for char in alphabet)] for f in frames])
    return dense_to_posteriors(matrix.astype(np.float32), alphabet)


@st.composite
def matrices(draw: st.DrawFn) -> Posteriors:
    """A few frames over two characters, nothing below the cut."""
    row = st.tuples(*[st.floats(0.01, 1.0)] * 3)
    rows = np.array(draw(st.lists(row, min_size=1, max_size=4)))
    return dense_to_posteriors((rows / rows.sum(axis=1, keepdims=True)).astype(np.float32), "有由")


def every_text(posteriors: Posteriors) -> dict[str, float]:
    """The probability of every text, by laying out every path of codes."""
    frames = [
        list(
            zip(
                posteriors.codes[start:end].tolist(),
                np.exp(posteriors.logs[start:end]).tolist(),
                strict=True,
            )
        )
        for start, end in zip(posteriors.starts, posteriors.starts[1:], strict=False)
    ]
    texts: defaultdict[str, float] = defaultdict(float)
    for path in product(*frames):
        codes = [code for code, _ in groupby(code for code, _ in path)]
        text = "".join(posteriors.chars[code - 1] for code in codes if code)
        texts[text] += math.prod(probability for _, probability in path)
    return texts


@given(matrices())
def test_forward_sums_over_all_alignments(posteriors: Posteriors) -> None:
    for text, probability in every_text(posteriors).items():
        assert log_likelihood(posteriors, text) == pytest.approx(math.log(probability), abs=1e-4)


@given(matrices())
def test_all_texts_together_are_certain(posteriors: Posteriors) -> None:
    texts = ["".join(text) for length in range(5) for text in product("有由", repeat=length)]
    assert np.exp(log_likelihoods(posteriors, texts)).sum() == pytest.approx(1.0, abs=1e-4)


@given(matrices())
def test_best_beam_is_the_most_probable_text(posteriors: Posteriors) -> None:
    best = max(every_text(posteriors).values())
    text, score = beams(posteriors)[0]
    assert math.exp(score) == pytest.approx(best, abs=1e-4)
    assert score == log_likelihood(posteriors, text)


def test_a_text_does_not_depend_on_what_is_asked_beside_it() -> None:
    posteriors = seen("有保障由", {"有": 0.6, "由": 0.3}, {"保": 0.9}, {"障": 0.9})
    together = log_likelihoods(posteriors, ["有保障", "由", "", "由保障"])
    alone = [log_likelihood(posteriors, text) for text in ("有保障", "由", "", "由保障")]
    assert together.tolist() == pytest.approx(alone)


def test_a_text_longer_than_the_picture_is_impossible() -> None:
    assert log_likelihood(seen("完", {"完": 0.9}), "完完") == -math.inf
    assert (log_likelihood(NOTHING, ""), log_likelihood(NOTHING, "完")) == (0.0, -math.inf)


def test_a_very_long_cell_is_scored_without_underflow() -> None:
    frame = {"完": 0.5, "整": 0.1}
    posteriors = seen("完整", *([frame, {}] * 300))
    assert log_likelihood(posteriors, "完" * 300) == pytest.approx(300 * math.log(0.5), rel=1e-4)


def test_a_cell_of_two_lines_may_break_anywhere() -> None:
    above, below = seen("内控有", {"内": 1.0}, {"控": 1.0}), seen("有效", {"有": 0.8}, {"效": 1.0})
    assert log_likelihood(join([above, below]), "内控有效") == pytest.approx(math.log(0.8), abs=1e-4)


def test_the_same_character_before_and_after_a_line_break_stays_two() -> None:
    cell = join([seen("经费", {"经": 1.0}, {"费": 1.0}), seen("费用", {"费": 1.0}, {"用": 1.0})])
    assert log_likelihood(cell, "经费费用") == pytest.approx(0.0, abs=1e-4)
    assert log_likelihood(cell, "经费用") < -10


def test_punctuation_is_no_evidence_when_keyed() -> None:
    posteriors = skeleton_of(seen("完，、", {"完": 0.9}, {"，": 0.5, "、": 0.3}, {"完": 0.9}))
    assert log_likelihood(posteriors, skeleton("完，完")) == pytest.approx(2 * math.log(0.9), abs=1e-4)


def test_both_widths_of_a_character_add_up() -> None:
    posteriors = fold_width_of(seen("8%％", {"8": 1.0}, {"%": 0.5, "％": 0.4}))
    assert log_likelihood(posteriors, fold_width("８％")) == pytest.approx(math.log(0.9), abs=1e-4)


@given(st.text('有由，,.、 ：:（)0８％%ab⼈"-', max_size=12))
def test_a_key_is_made_character_by_character(text: str) -> None:
    assert skeleton(text) == "".join(map(skeleton, text))


def test_a_misreading_that_the_picture_doubts_is_borne() -> None:
    posteriors = seen("由有保障", {"由": 0.6, "有": 0.3}, {"保": 1.0}, {"障": 1.0})
    (loss,) = losses(posteriors, "由保障", ["有保障"])
    assert (loss.total, loss.borne) == (pytest.approx(math.log(2), abs=1e-4), True)
    assert [(edit.seen, edit.meant, edit.gain) for edit in loss.edits] == [("由", "有", loss.total)]


def test_a_rewording_is_not_borne() -> None:
    posteriors = seen("提升高", {"提": 1.0}, {"升": 0.999, "高": 0.00002})
    (loss,) = losses(posteriors, "提升", ["提高"])
    assert (loss.total > 10, loss.borne) == (True, False)


def test_cheap_edits_do_not_hide_a_dear_one() -> None:
    frames = [{"目": 0.5, "日": 0.4}, {}, {"标": 1.0}, {}, {"高": 0.99, "升": 0.005}]
    (loss,) = losses(seen("目日标高升", *frames), "目标高", ["日标升"])
    assert loss.total < 12
    assert [round(edit.gain) for edit in loss.edits] == [0, 5]
    assert not loss.borne


def test_a_character_more_or_less_is_an_edit_of_its_own() -> None:
    posteriors = seen("规定程序", {"规": 1.0}, {"定": 0.99}, {"程": 0.6}, {"序": 1.0})
    without, more = losses(posteriors, "规定程序", ["规程序", "规定序"])
    assert [(edit.seen, edit.meant) for edit in (*without.edits, *more.edits)] == [("定", ""), ("程", "")]
    (restored,) = losses(posteriors, "规定序", ["规定程序"])
    assert [(edit.seen, edit.meant, edit.gain < 0) for edit in restored.edits] == [("", "程", True)]
    assert restored.borne


def test_a_faint_character_is_not_dropped() -> None:
    posteriors = seen("规定程", {"规": 1.0}, {"定": 0.9}, {"程": 1.0})
    (loss,) = losses(posteriors, "规定程", ["规程"])
    assert loss.edits[0].gain < 2.5
    assert not loss.borne


def test_edits_of_a_hopeless_candidate_are_not_looked_at() -> None:
    posteriors = seen("完整齐全", {"完": 0.999}, {"整": 0.999}, {})
    (loss,) = losses(posteriors, "完整", ["齐全"])
    assert (loss.total > 25, loss.edits, loss.borne) == (True, (), False)


def test_punctuation_counts_only_in_the_total() -> None:
    posteriors = seen("完，。", {"完": 1.0}, {"，": 0.998, "。": 0.001})
    (loss,) = losses(posteriors, "完，", ["完。"])
    assert loss.edits[0].gain > 6
    assert loss.borne


def test_the_text_seen_itself_loses_nothing() -> None:
    (loss,) = losses(seen("完", {"完": 0.9}), "完", ["完"])
    assert (loss.total, loss.edits, loss.borne) == (0.0, (), True)


def test_what_the_picture_cannot_hold_is_never_borne() -> None:
    (loss,) = losses(seen("完", {"完": 0.9}), "完", ["完整性"])
    assert (loss.total, loss.borne) == (math.inf, False)


def test_beams_offer_what_a_number_could_be() -> None:
    posteriors = seen("1235.", {"1": 1.0}, {"2": 1.0}, {".": 0.9}, {"3": 0.6, "5": 0.3})
    texts = [text for text, _ in beams(posteriors, width=4)]
    assert texts == ["12.3", "12.5", "12.", "123"]
