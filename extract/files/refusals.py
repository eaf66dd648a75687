"""Why a file is refused, in words that tell its sender what to do."""

from __future__ import annotations

from models.document import Problem

RESAVE = "请用 Word、Excel 或 WPS 打开后另存为 .docx、.xlsx 或 PDF，再重新提交"


def damaged(detail: str) -> Problem:
    """The problem of a file that cannot be read as what it is; `detail` says what failed, in Chinese."""
    return Problem("file-damaged", f"文件已损坏或不完整（{detail}）。{RESAVE}。", "error")


def nothing_in_it() -> Problem:
    """The problem of a file that opens and shows nothing."""
    return Problem("file-empty", "文件中没有内容，请检查后重新提交。", "error")


def unsupported(what: str) -> Problem:
    """The problem of a file that nothing here reads; `what` it is, in Chinese."""
    return Problem("file-unsupported", f"不支持的文件（{what}）。{RESAVE}。", "error")


def packed(how: str) -> Problem:
    """The problem of an archive that nothing here opens; `how` it was packed."""
    return Problem("file-unsupported", f"不支持的文件（{how} 压缩包）。请解压后逐个提交。", "error")


ENCRYPTED = Problem("file-encrypted", "文件已加密，请去除密码后重新提交。", "error")


def too_large(detail: str) -> Problem:
    """The problem of a file beyond a limit; `detail` says which, in Chinese."""
    return Problem("file-too-large", f"文件过大（{detail}）。请删除多余内容或压缩图片后重新提交。", "error")


def megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.1f} MB"
