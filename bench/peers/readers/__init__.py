"""One module a peer: file → tables and lines. A peer's own shapes stop in its module."""
