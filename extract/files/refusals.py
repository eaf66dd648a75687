"""Why a file is refused, in words that tell its sender what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from extract.files.zips import is_systems
from models.document import Problem

_RESAVE = "请用 Word、Excel 或 WPS 打开后另存为 .docx、.xlsx 或 PDF，再重新提交"


class UnreadableError(Exception):
    """A file that a library cannot read as what it is; the message says what failed, in Chinese."""


class TooLargeError(Exception):
    """A file that unfolds beyond a limit; the message names the limit and the value, in Chinese."""


@contextmanager
def blaming_file(detail: str, *errors: type[Exception]) -> Iterator[None]:
    """What a library raises within (one of `errors`) becomes `UnreadableError`: the file's fault.

    To stand around calls of libraries only. Too little memory or too deep a recursion is nobody's damage, and a
    share that went away is the system's error: these pass as they are.
    """
    try:
        yield
    except (MemoryError, RecursionError, UnreadableError, TooLargeError):
        raise
    except errors as error:
        if is_systems(error):
            raise
        raise UnreadableError(detail) from error


def damaged(detail: str) -> Problem:
    """The problem of a file that cannot be read as what it is; `detail` says what failed, in Chinese."""
    return Problem("file-damaged", f"文件已损坏或不完整（{detail}）。{_RESAVE}。", "error")


def nothing_in_it() -> Problem:
    """The problem of a file that opens and shows nothing."""
    return Problem("file-empty", "文件中没有内容，请检查后重新提交。", "error")


def unsupported(what: str) -> Problem:
    """The problem of a file that nothing here reads; `what` it is, in Chinese."""
    return Problem("file-unsupported", f"不支持的文件（{what}）。{_RESAVE}。", "error")


def packed(how: str) -> Problem:
    """The problem of an archive that nothing here opens; `how` it was packed."""
    return Problem("file-unsupported", f"不支持的文件（{how} 压缩包）。请解压后逐个提交。", "error")


ENCRYPTED = Problem("file-encrypted", "文件已加密，请去除密码后重新提交。", "error")


def too_large(detail: str, advice: str = "请删除多余内容或压缩图片后重新提交") -> Problem:
    """The problem of a file beyond a limit; `detail` names the limit and the value, `advice` what to do, in Chinese."""
    return Problem("file-too-large", f"文件过大（{detail}）。{advice}。", "error")


def megabytes(size: int) -> str:
    """A number of bytes for people: `12.5 MB`."""
    return f"{size / 1024 / 1024:.1f} MB"
