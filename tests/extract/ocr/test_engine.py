"""A recogniser's crash is no fault of the file that it was reading."""

from __future__ import annotations

import pytest

from extract.ocr.engine import EngineError, Guarded
from tests.engines import CrashingEngine, RecordedEngine
from tests.scans import blank_page


def test_who_reads_is_who_is_guarded() -> None:
    guarded = Guarded(RecordedEngine({}, name="recorded", version="7"))
    assert (guarded.name, guarded.version) == ("recorded", "7")


@pytest.mark.parametrize("method", ["read", "detect"])
def test_a_crash_is_an_error_of_the_engine(method: str) -> None:
    guarded = Guarded(CrashingEngine())
    with pytest.raises(EngineError):
        guarded.read([blank_page()]) if method == "read" else guarded.detect(blank_page())
