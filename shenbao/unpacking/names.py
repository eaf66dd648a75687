"""Names of files: which are looked into, and which are no submissions."""

from __future__ import annotations

_CONTAINER_ENDINGS = (
    *(".zip", ".7z", ".rar", ".eml", ".msg"),
    *(".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz", ".gz", ".bz2", ".xz"),
)
"""Names end so that are looked into; what the file really is, its bytes tell."""
_IGNORED_PREFIXES = (".", "~$")
_IGNORED_ENDINGS = (".tmp", ".part", ".partial", ".crdownload", ".download")
_IGNORED_NAMES = frozenset({"thumbs.db", "desktop.ini", "__macosx"})


def is_container_name(name: str) -> bool:
    """Whether a file of this name is looked into.

    >>> is_container_name("申报表.ZIP"), is_container_name("申报表.docx")
    (True, False)
    """
    return name.lower().endswith(_CONTAINER_ENDINGS)


def is_ignored(name: str) -> bool:
    """Whether a file or folder of this name is no submission: hidden, temporary, or a system's own.

    >>> [is_ignored(name) for name in ("~$申报表.docx", ".DS_Store", "申报表.docx")]
    [True, True, False]
    """
    small = name.lower()
    return name.startswith(_IGNORED_PREFIXES) or small.endswith(_IGNORED_ENDINGS) or small in _IGNORED_NAMES
