"""PDF → pictures of its pages, as a scanner without any fault would give them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
from numpy.typing import NDArray

Picture = NDArray[np.uint8]


def pdf_to_pictures(path: Path, dpi: int) -> list[Picture]:
    """One picture a page: uint8, height × width × 3, blue first."""
    pdf: Any = pypdfium2.PdfDocument(path)
    try:
        pages = [page.render(scale=dpi / 72, rev_byteorder=False).to_numpy() for page in pdf]
        return [np.ascontiguousarray(page[:, :, :3]) for page in pages]
    finally:
        pdf.close()
