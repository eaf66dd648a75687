"""Why a file has no result, in a clerk's words."""

from __future__ import annotations

import errno

import pytest

from shenbao.ingest.workers.reasons import unread, unwritten


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.EACCES, "Permission denied"), "没有读取权限"),
        (OSError(errno.EIO, "Input/output error"), "磁盘或网络读写出错"),
        (OSError(errno.EMFILE, "Too many open files"), "Too many open files"),
        (OSError("somehow"), "somehow"),
        (ValueError("压缩包已损坏"), "压缩包已损坏"),
    ],
)
def test_the_system_s_errors_are_said_in_chinese_where_we_have_words(
    error: OSError | ValueError, said: str
) -> None:
    assert unread(error) == f"无法读取：{said}"


def test_a_name_that_cannot_be_a_result_s() -> None:
    assert (
        unwritten(OSError(errno.ENAMETOOLONG, "File name too long")) == "结果文件无法写入：文件名或路径过长"
    )
    assert unwritten(OSError(errno.EINVAL, "Invalid argument")) == "结果文件无法写入：Invalid argument"
