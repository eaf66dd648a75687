"""Why a file has no result, in words for its clerk."""

from __future__ import annotations

import errno

_ERRORS = {
    errno.EACCES: "没有读取权限",
    errno.EPERM: "没有读取权限",
    errno.EIO: "磁盘或网络读写出错",
    errno.EISDIR: "文件夹打不开",
    errno.EEXIST: "已有同名文件",
    errno.ENAMETOOLONG: "文件名或路径过长",
}


def unread(error: OSError | ValueError) -> str:
    """Why the system, or an archive, did not give a file."""
    number = getattr(error, "errno", None)
    return f"无法读取：{_ERRORS.get(number or 0) or getattr(error, 'strerror', None) or error}"


def unwritten(error: OSError) -> str:
    """Why the file's own name cannot be a result's."""
    return f"结果文件无法写入：{_ERRORS.get(error.errno or 0) or error.strerror}"
