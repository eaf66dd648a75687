"""How something is painted: what surrounds it counts, too."""

from __future__ import annotations

import pytest

from extract.pdf.drawing.nouns import Drawing
from extract.pdf.drawing.recorder import Recorder
from extract.pdf.drawing.streams import Fonts


@pytest.fixture
def recorder() -> Recorder:
    return Recorder(Fonts(), Drawing())


@pytest.mark.parametrize(("group", "own", "seen"), [(1.0, 0.5, 0.5), (0.5, 1.0, 0.5), (0.1, 0.5, 0.05)])
def test_a_group_that_is_nearly_transparent_makes_all_in_it_so(
    recorder: Recorder, group: float, own: float, seen: float
) -> None:
    recorder.group_alpha = group
    assert recorder.paint(own).alpha == pytest.approx(seen)


def test_equal_states_are_one_object(recorder: Recorder) -> None:
    assert recorder.paint(1.0) is recorder.paint(1.0)
    assert recorder.paint(1.0) is not recorder.paint(0.5)


def test_marked_content_within_a_layer_that_is_off_is_off_until_the_layer_ends(recorder: Recorder) -> None:
    recorder.mark(layer_off=True, watermark=False)
    recorder.mark(layer_off=False, watermark=True)
    inner = recorder.paint(1.0)
    assert (inner.layer_off, inner.watermark) == (True, True)
    recorder.end_tag()
    assert (recorder.paint(1.0).layer_off, recorder.paint(1.0).watermark) == (True, False)
    recorder.end_tag()
    assert not recorder.paint(1.0).layer_off


def test_an_end_without_a_beginning_changes_nothing(recorder: Recorder) -> None:
    recorder.end_tag()
    recorder.end_tag()
    assert not recorder.paint(1.0).layer_off
