"""Changed files through the bounded process, changed texts through our own parsers: what must never be seen is kept."""
