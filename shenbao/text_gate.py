"""The one gate for text on its way out: into files, onto a terminal. What would steer the reader becomes U+FFFD.

A department's file may bear any name and hold any character; no writer may end for it, and nobody who looks at a
list, a workbook or a terminal may be shown something else than what is there.
"""

from __future__ import annotations

import re

REPLACEMENT = "\ufffd"
_UNSTORABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
"""Controls, marks that turn the direction of writing, halves of character pairs, and what is no character at all."""
_LINE_END = re.compile("\r\n?")


def storable(text: str) -> str:
    """The text as every file format can hold it; line ends become those of Unix.

    >>> storable("a\\r\\nb\\x00") == "a\\nb\\ufffd"
    True
    """
    if text.isprintable():
        return text
    return _UNSTORABLE.sub(REPLACEMENT, _LINE_END.sub("\n", text))


def printable(text: str) -> str:
    """Text in which whatever would steer the terminal or break its encoding is one placeholder each.

    The wide blank of Chinese print (U+3000), which Python holds for unprintable, stays.

    >>> printable("\\x1b[31m") == "\\ufffd[31m"
    True
    """
    return "".join(c if c.isprintable() or c in "\n\u3000" else REPLACEMENT for c in text)


def one_line(text: str) -> str:
    """Printable text in one line: a file's name with a line break in it must not look like two files.

    >>> one_line("a.md\\naccepted  b.md") == "a.md\ufffdaccepted  b.md"
    True
    """
    return printable(text.replace("\n", REPLACEMENT))
