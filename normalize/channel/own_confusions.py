"""A bureau's own confusions: which character its submissions' readers take for which, as persons corrected it.

They stand in `channel/confusions.csv` of the bureau's data folder. Each makes one misreading likelier, within bounds: a pair
that may change the sense of a text is left out, and none is ever likelier than the rarest look-alike that ships.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Literal

from normalize.channel.word_model import FUNCTION_WORDS, word_twins
from normalize.text.fold import is_chinese
from normalize.text.own_data import data_folders

CONFUSIONS_FILE = "channel/confusions.csv"
"""Where the confusions stand in a data folder."""
CONFUSION_COLUMNS = ("seen", "true", "count", "back")
"""What was read, what stands on the paper, how often, and how often the other way round."""
LEAST_CONFUSIONS = 2
"""Chosen: what happened once is a person's slip as likely as a reader's habit."""
_MOST_PAIRS = 500
"""Chosen: a tenth of what ships; a longer list is no bureau's experience, and looking through the words takes time."""
_MOST_BYTES = 100_000
"""Bytes of the file, chosen: five hundred lines have eight thousand."""

Refusal = Literal["one character each", "too seldom", "a small word for another", "both make words"]
"""Why a pair is no confusion that may be learned."""


def refused_pairs(pairs: Sequence[tuple[str, str, int]]) -> dict[tuple[str, str], Refusal]:
    """The pairs (seen, true, count) that are not learned, and why.

    A text with the wrong character must be broken Chinese: where both make words (国内, 国力), or both are small words that
    clerks choose between (按, 依), only a person can say what was meant.
    """
    refused: dict[tuple[str, str], Refusal] = {}
    twins = word_twins({(true, seen) for seen, true, _ in pairs if len(seen) == len(true) == 1})
    for seen, true, count in pairs:
        if not (len(seen) == len(true) == 1 and is_chinese(seen) and is_chinese(true) and seen != true):
            refused[seen, true] = "one character each"
        elif count < LEAST_CONFUSIONS:
            refused[seen, true] = "too seldom"
        elif seen in FUNCTION_WORDS and true in FUNCTION_WORDS:
            refused[seen, true] = "a small word for another"
        elif (true, seen) in twins:
            refused[seen, true] = "both make words"
    return refused


@cache
def own_confusions() -> frozenset[tuple[str, str]]:
    """The bureau's pairs of what is seen and what is true, read once in a process."""
    return read_own_confusions(data_folders())[0]


def read_own_confusions(folders: Sequence[Path]) -> tuple[frozenset[tuple[str, str]], tuple[str, ...]]:
    """The pairs in the files of `folders`, and what is left out of them, a line each."""
    found: set[tuple[str, str]] = set()
    wrong: list[str] = []
    for path in (folder / CONFUSIONS_FILE for folder in folders):
        if not path.is_file():
            continue
        try:
            rows = file_to_confusions(path)
        except ValueError as error:
            wrong.append(f"{path}: {error}")
            continue
        refused = refused_pairs([(seen, true, count) for seen, true, count, _ in rows])
        wrong += [f"{path}: {seen} for {true}: {why}" for (seen, true), why in refused.items()]
        found |= {(seen, true) for seen, true, _, _ in rows} - refused.keys()
    return frozenset(found), tuple(wrong)


def file_to_confusions(path: Path) -> list[tuple[str, str, int, int]]:
    """The lines of a file of confusions, at most as many as count. Raises `OSError`, and `ValueError` for what is none."""
    if path.stat().st_size > _MOST_BYTES:
        raise ValueError(f"more than {_MOST_BYTES} bytes")
    return list(_rows(path.read_text("utf-8-sig")))[:_MOST_PAIRS]


def _rows(text: str) -> Iterator[tuple[str, str, int, int]]:
    lines = csv.reader(text.splitlines())
    if tuple(next(lines, ())) != CONFUSION_COLUMNS:
        raise ValueError(f"its first line is not {','.join(CONFUSION_COLUMNS)}")
    for line in lines:
        if len(line) != len(CONFUSION_COLUMNS) or not (line[2].isdecimal() and line[3].isdecimal()):
            raise ValueError(f"line {lines.line_num} has not two characters and two counts")
        yield line[0], line[1], int(line[2]), int(line[3])
