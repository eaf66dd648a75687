"""Lines of print for tests, kept as a picture so that no font need be installed.

`python -m tests.linepictures FONT FACE` draws `linepictures.png` anew with a face (from 0) of a font file. It is Noto Serif CJK SC.
"""

from __future__ import annotations

import sys
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from extract.ocr.engine import Picture

LINES = ("有保障", "≥95%", "1,932.41", "设立依据充分，按规定程序设立", "预算支出标准 Word 2010")
OTHERS = (
    "设立依据充分",
    "核心业务产出完成率明显提升",
    "部门整体绩效目标申报表",
    "填报日期：2025年10月20日",
    "无",
)
SIZE, HEIGHT, MARGIN = 30, 44, 7
"""In pixels: the characters, a row of the picture, the white left on either side of a line."""
_FILE = Path(__file__).with_name("linepictures.png")


def printed(text: str) -> Picture:
    """The line `text`, one of `LINES` and `OTHERS`, as a page has it at some 200 dots to the inch."""
    top = HEIGHT * (*LINES, *OTHERS).index(text)
    row = np.asarray(Image.open(_FILE).convert("RGB"))[top : top + HEIGHT, :, ::-1]
    ink = np.flatnonzero(row.min(axis=(0, 2)) < 128)
    return row[:, ink[0] - MARGIN : ink[-1] + 1 + MARGIN].copy()


def photocopied(line: Picture) -> Picture:
    """Smaller, blurred, noisy."""
    small = cv2.resize(line, None, fx=0.7, fy=0.7, interpolation=cv2.INTER_AREA)
    noise = np.random.default_rng(1).normal(0, 25, small.shape)
    picture: Picture = np.clip(cv2.GaussianBlur(small, (0, 0), 0.9) + noise, 0, 255).astype(np.uint8)
    return picture


def main(font_file: str, face: str) -> None:
    """Draw all lines, one below the other."""
    font, texts = ImageFont.truetype(font_file, SIZE, int(face)), (*LINES, *OTHERS)
    width = int(max(map(font.getlength, texts))) + 2 * SIZE
    picture = Image.new("L", (width, HEIGHT * len(texts)), "white")
    for n, text in enumerate(texts):
        ImageDraw.Draw(picture).text((SIZE, HEIGHT * n), text, "black", font)
    picture.quantize(16).save(_FILE, optimize=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
