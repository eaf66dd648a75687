"""Whether a file may be opened: what is locked, broken, too large or of no kind that anything here reads."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile, ZipInfo

from extract.files.kinds import Kind, identify
from extract.files.limits import Limits
from extract.files.ole import BrokenCompoundError, is_locked, main_stream
from extract.files.refusals import (
    ENCRYPTED,
    damaged,
    megabytes,
    nothing_in_it,
    packed,
    too_large,
    unsupported,
)
from extract.files.zips import BROKEN_ZIP, directory_bytes
from models.document import Problem

_RATIO_FLOOR_BYTES = 10 * 1024 * 1024
"""Unpacked bytes below which the ratio is not looked at: a small sheet of blank cells packs very well."""
_REFUSED = {
    Kind.EMPTY: nothing_in_it(),
    Kind.ENCRYPTED_PACKAGE: ENCRYPTED,
    Kind.RAR: packed("RAR"),
    Kind.SEVEN_ZIP: packed("7z"),
    Kind.TAR: packed("tar、gzip、bzip2 或 xz"),
    Kind.MAIL: unsupported("邮件，没有可以读取的附件"),
    Kind.OUTLOOK: unsupported("邮件，没有可以读取的附件"),
    Kind.WORD_XML: unsupported("Word 的 XML 格式"),
    Kind.UNKNOWN: unsupported("无法识别的文件格式"),
}


def check(path: Path, limits: Limits) -> tuple[Kind, tuple[Problem, ...]]:
    """The kind of the file at `path`, and why it may not be opened (nothing when it may).

    Raises `OSError` when the file cannot be opened.
    """
    size = path.stat().st_size
    kind = identify(path)
    if size > limits.max_bytes:
        return kind, (too_large(f"{megabytes(size)}，上限 {megabytes(limits.max_bytes)}"),)
    if kind in _REFUSED:
        return kind, (_REFUSED[kind],)
    if kind in (Kind.DOCX, Kind.XLSX, Kind.OFD, Kind.ZIP):
        return kind, _check_zip(path, kind, limits)
    if kind in (Kind.DOC, Kind.XLS, Kind.OLE2):
        return kind, _check_ole(path)
    return kind, ()


def _check_zip(path: Path, kind: Kind, limits: Limits) -> tuple[Problem, ...]:
    directory = directory_bytes(path)
    if directory > limits.max_directory_bytes:
        size, most = megabytes(directory), megabytes(limits.max_directory_bytes)
        return (too_large(f"压缩包的成员目录有 {size}，上限 {most}"),)
    try:
        with ZipFile(path) as archive:
            members = archive.infolist()
    except BROKEN_ZIP:
        return (damaged("压缩结构无法读取"),)
    excess = _excess(members, path.stat().st_size, limits)
    if excess:
        return (too_large(excess),)
    if any(member.flag_bits & 1 for member in members):
        return (ENCRYPTED,)
    if kind is Kind.ZIP:
        return (unsupported("压缩包或其他打包格式，如是压缩包请解压后逐个提交"),)
    return ()


def _excess(members: list[ZipInfo], packed: int, limits: Limits) -> str | None:
    """Which limit an archive of `packed` bytes breaks, in Chinese."""
    unpacked = sum(member.file_size for member in members)
    if len(members) > limits.max_members:
        return f"内含 {len(members)} 个部分，上限 {limits.max_members} 个"
    if unpacked > limits.max_unpacked_bytes:
        return f"解压后 {megabytes(unpacked)}，上限 {megabytes(limits.max_unpacked_bytes)}"
    ratio = f"解压后是压缩前的 {unpacked // max(1, packed)} 倍，上限 {limits.max_ratio:.0f} 倍"
    return ratio if unpacked > max(_RATIO_FLOOR_BYTES, limits.max_ratio * packed) else None


def _check_ole(path: Path) -> tuple[Problem, ...]:
    try:
        stream = main_stream(path)
        if stream is None:
            return (unsupported("不是 Word 或 Excel 文件"),)
        return (ENCRYPTED,) if is_locked(path, stream) else ()
    except BrokenCompoundError:
        return (damaged("文件结构无法读取"),)
