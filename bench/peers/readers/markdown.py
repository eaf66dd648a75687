"""markitdown: the Markdown it makes of a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from markitdown import MarkItDown

from bench.peers.readers.markdown_text import markdown_to_reading
from bench.peers.reading import Reading


def load() -> Callable[[Path], Reading]:
    converter = MarkItDown(enable_plugins=False)
    return lambda path: markdown_to_reading(converter.convert(path).text_content)
