"""docvortex, the engine MinerU reads Word, Excel and born-digital PDF files with: its HTML."""

from __future__ import annotations

from pathlib import Path

import docvortex
from loguru import logger

from bench.peers.readers.html import html_to_reading
from bench.peers.reading import Reading


def read(path: Path) -> Reading:
    logger.disable("docvortex")
    return html_to_reading(docvortex.render_artifact(docvortex.parse(path).middle_json, "html").content)
