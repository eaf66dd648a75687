"""Pages as pictures, for recognisers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray

DPI = 200
Image = NDArray[np.uint8]


def pictures(path: Path) -> Iterator[Image]:
    """Every page of a PDF file at 200 dpi, or the picture the file is: height × width × blue, green, red."""
    if path.suffix.lower() != ".pdf":
        yield np.asarray(cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_COLOR), np.uint8)
        return
    document = pypdfium2.PdfDocument(path)
    try:
        for page in document:
            yield np.asarray(page.render(scale=DPI / 72).to_numpy()[:, :, :3], np.uint8)
    finally:
        document.close()


def upright(image: Image) -> Image:
    """The picture turned so that its long level lines are level; at most by five degrees."""
    half = cv2.bitwise_not(cv2.resize(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), None, fx=0.5, fy=0.5))
    ink = cv2.threshold(half, 0, 255, cv2.THRESH_OTSU)[1]
    found: Any = cv2.HoughLinesP(ink, 1, np.pi / 1800, 200, None, 200, 5)
    if found is None:
        return image
    x0, y0, x1, y1 = found.reshape(-1, 4).T
    angles = np.degrees(np.arctan2(y1 - y0, x1 - x0))
    level = angles[np.abs(angles) < 5]
    if not level.size:
        return image
    height, width = image.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), float(np.median(level)), 1)
    return np.asarray(cv2.warpAffine(image, turn, (width, height), borderValue=(255, 255, 255)), np.uint8)
