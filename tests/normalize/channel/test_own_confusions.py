from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from normalize.channel.channel_prices import CHANNEL_PRICES
from normalize.channel.misreading import lookalikes, misread_or_slipped, misreading, substitution
from normalize.channel.own_confusions import (
    CONFUSIONS_FILE,
    Refusal,
    own_confusions,
    read_own_confusions,
    refused_pairs,
)
from normalize.text.own_data import VARIABLE

HEADER = "seen,true,count,back\n"


def written(folder: Path, text: str) -> Path:
    path = folder / CONFUSIONS_FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return folder


@pytest.fixture
def learn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Read with these lines from now on, as another process would."""

    def forget() -> None:
        for remembered in (own_confusions, misreading, misread_or_slipped):
            remembered.cache_clear()

    def use(lines: str) -> None:
        monkeypatch.setenv(VARIABLE, str(written(tmp_path, HEADER + lines)))
        forget()

    yield use
    monkeypatch.undo()
    forget()


def test_a_learned_confusion_is_likelier_than_any_character_and_no_likelier_than_a_look_alike(
    learn: Callable[[str], None],
) -> None:
    before = substitution("飞", "监")
    learn("飞,监,2,0\n")
    shipped = (substitution(seen, true) for true, (shapes, _) in lookalikes().items() for seen in shapes)
    assert max(shipped) <= substitution("飞", "监") < before
    assert substitution("监", "飞") == before


def test_two_texts_become_one_confusion_apart(learn: Callable[[str], None]) -> None:
    learn("飞,监,2,0\n")
    assert misreading("社区矫正飞管对象", "社区矫正监管对象") < CHANNEL_PRICES.one_glyph


@pytest.mark.parametrize(
    ("seen", "true", "count", "why"),
    [
        ("飞管", "监管", 5, "one character each"),
        ("5", "6", 5, "one character each"),
        ("监", "监", 5, "one character each"),
        ("飞", "监", 1, "too seldom"),
        ("依", "按", 9, "a small word for another"),
        ("减", "增", 9, "both make words"),
        ("无", "有", 9, "a small word for another"),
    ],
)
def test_a_pair_that_may_change_the_sense_is_not_learned(
    seen: str, true: str, count: int, why: Refusal
) -> None:
    assert refused_pairs([(seen, true, count)]) == {(seen, true): why}


def test_a_line_out_of_bounds_is_left_out_and_said(tmp_path: Path) -> None:
    found, wrong = read_own_confusions([written(tmp_path, f"{HEADER}减,增,9,0\n飞,监,3,0\n")])
    assert found == {("飞", "监")}
    assert [line.rpartition(".csv: ")[2] for line in wrong] == ["减 for 增: both make words"]


@pytest.mark.parametrize(
    "text", ["a,b\n飞,监\n", f"{HEADER}飞,监\n", f"{HEADER}飞,监,many,0\n", "x" * 200_000]
)
def test_a_file_of_another_shape_is_left_out_and_said(tmp_path: Path, text: str) -> None:
    found, wrong = read_own_confusions([written(tmp_path, text)])
    assert (found, len(wrong)) == (frozenset(), 1)


def test_bytes_that_are_no_text_are_said(tmp_path: Path) -> None:
    (written(tmp_path, HEADER) / CONFUSIONS_FILE).write_bytes(b"\xff\xfe\xff")
    assert len(read_own_confusions([tmp_path])[1]) == 1
