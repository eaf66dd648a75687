"""What a submitted file is, told by its bytes and never by its name, and whether it may be opened."""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from extract.files.encoding import bytes_to_text
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
from models.document import Problem


class Kind(Enum):
    """A kind of file; the value is its media type. `DOCX` and `XLSX` include the macro-enabled variants."""

    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    DOC = "application/msword"
    XLS = "application/vnd.ms-excel"
    ENCRYPTED_PACKAGE = "application/encrypted"
    OLE2 = "application/x-ole-storage"
    OFD = "application/ofd"
    ZIP = "application/zip"
    PNG = "image/png"
    JPEG = "image/jpeg"
    TIFF = "image/tiff"
    HEIC = "image/heic"
    HTML = "text/html"
    TEXT = "text/plain"
    EMPTY = "application/x-empty"
    RAR = "application/vnd.rar"
    SEVEN_ZIP = "application/x-7z-compressed"
    UNKNOWN = "application/octet-stream"

    @property
    def media_type(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class Limits:
    """What we are willing to open: sizes in bytes, `max_ratio` is unpacked over packed size of an archive."""

    max_bytes: int = 200 * 1024 * 1024
    max_members: int = 10_000
    max_unpacked_bytes: int = 1024 * 1024 * 1024
    max_ratio: float = 200.0


HEAD = 1024 * 1024
"""Bytes looked at to tell text from binary."""
RATIO_FLOOR = 10 * 1024 * 1024
"""Unpacked bytes below which the ratio is not looked at: a small sheet of blank cells packs very well."""

OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLE_KINDS = {
    "EncryptedPackage": Kind.ENCRYPTED_PACKAGE,
    "WordDocument": Kind.DOC,
    "Workbook": Kind.XLS,
    "Book": Kind.XLS,
}
SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"II*\0", Kind.TIFF),
    (b"MM\0*", Kind.TIFF),
    (b"II+\0", Kind.TIFF),
    (b"MM\0+", Kind.TIFF),
    (b"Rar!\x1a\x07", Kind.RAR),
    (b"7z\xbc\xaf\x27\x1c", Kind.SEVEN_ZIP),
)
HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
CONTENT_TYPES = "[Content_Types].xml"
PACKAGES = (
    (re.compile(rb"wordprocessingml\.(document|template)\.main\+xml|ms-word\.\w+\.macroEnabled\.?\w*\.main\+xml",
                re.I), Kind.DOCX),
    (re.compile(rb"spreadsheetml\.(sheet|template)\.main\+xml|ms-excel\.(sheet|template)\.macroEnabled\.main\+xml",
                re.I), Kind.XLSX),
)  # fmt: skip
STRICT = b"purl.oclc.org/ooxml"
HTML_START = re.compile(
    r"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|meta|table|div)\b", re.I | re.S
)
FOREIGN_START = re.compile(r"\s*(\{\\rtf|<\?xml\b|MIME-Version:)", re.I)
CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")

BROKEN_ZIP = (
    EOFError,
    IndexError,
    KeyError,
    OSError,
    RuntimeError,
    ValueError,
    struct.error,
    BadZipFile,
    zlib.error,
)
"""What `zipfile` raises on a broken file; the file itself is known to be readable by then."""

REFUSED = {
    Kind.EMPTY: nothing_in_it(),
    Kind.ENCRYPTED_PACKAGE: ENCRYPTED,
    Kind.RAR: packed("RAR"),
    Kind.SEVEN_ZIP: packed("7z"),
    Kind.UNKNOWN: unsupported("无法识别的文件格式"),
}


def identify(path: Path) -> Kind:
    """The kind of the file at `path`. A broken archive is `ZIP`, a broken OLE2 file `OLE2`.

    Raises `OSError` when the file cannot be opened.
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(path)
    if head.startswith(OLE_SIGNATURE):
        return _ole_kind(path)
    return _signed_kind(head) or _text_kind(head)


def _signed_kind(head: bytes) -> Kind | None:
    """The kind by its first bytes; a PDF may have others before its mark (ISO 32000-1, annex H.3.4.1)."""
    if head[4:8] == b"ftyp":
        return Kind.HEIC if head[8:12] in HEIC_BRANDS else Kind.UNKNOWN
    if b"%PDF-" in head[:1024]:
        return Kind.PDF
    return next((kind for signature, kind in SIGNATURES if head.startswith(signature)), None)


def check(path: Path, limits: Limits) -> tuple[Kind, tuple[Problem, ...]]:
    """The kind of the file at `path`, and why it may not be opened (nothing when it may).

    Raises `OSError` when the file cannot be opened.
    """
    size = path.stat().st_size
    kind = identify(path)
    if size > limits.max_bytes:
        return kind, (too_large(f"{megabytes(size)}，上限 {megabytes(limits.max_bytes)}"),)
    if kind in REFUSED:
        return kind, (REFUSED[kind],)
    if kind in (Kind.DOCX, Kind.XLSX, Kind.OFD, Kind.ZIP):
        return kind, _check_zip(path, kind, limits)
    if kind in (Kind.DOC, Kind.XLS, Kind.OLE2):
        return kind, _check_ole(path)
    return kind, ()


def _text_kind(head: bytes) -> Kind:
    # the head may end in the middle of a character, which takes up to four bytes
    readings = (bytes_to_text(head[: len(head) - cut])[0] for cut in range(4))
    text = next((t for t in readings if t is not None and not CONTROL.search(t)), None)
    if text is None:
        return Kind.UNKNOWN
    if not text.strip():
        return Kind.EMPTY
    if HTML_START.match(text):
        return Kind.HTML
    return Kind.UNKNOWN if FOREIGN_START.match(text) else Kind.TEXT


def _zip_kind(path: Path) -> Kind:
    try:
        with ZipFile(path) as archive:
            names = set(archive.namelist())
            if "OFD.xml" in names:
                return Kind.OFD
            types = _start(archive, CONTENT_TYPES) if CONTENT_TYPES in names else b""
    except BROKEN_ZIP:
        return Kind.ZIP
    return next((kind for pattern, kind in PACKAGES if pattern.search(types)), Kind.ZIP)


def _start(archive: ZipFile, name: str) -> bytes:
    with archive.open(name) as member:
        return member.read(HEAD)


def _check_zip(path: Path, kind: Kind, limits: Limits) -> tuple[Problem, ...]:
    try:
        with ZipFile(path) as archive:
            members = archive.infolist()
            relations = _start(archive, "_rels/.rels") if kind in (Kind.DOCX, Kind.XLSX) else b""
    except BROKEN_ZIP:
        return (damaged("压缩结构无法读取"),)
    excess = _excess(members, path.stat().st_size, limits)
    if excess:
        return (too_large(excess),)
    if any(member.flag_bits & 1 for member in members):
        return (ENCRYPTED,)
    if kind is Kind.ZIP:
        return (unsupported("压缩包或其他打包格式，如是压缩包请解压后逐个提交"),)
    return (unsupported("“严格 Open XML”格式"),) if STRICT in relations else ()


def _excess(members: list[ZipInfo], packed: int, limits: Limits) -> str | None:
    """Which limit an archive of `packed` bytes breaks, in Chinese."""
    unpacked = sum(member.file_size for member in members)
    if len(members) > limits.max_members:
        return f"内含 {len(members)} 个部分，上限 {limits.max_members} 个"
    if unpacked > limits.max_unpacked_bytes:
        return f"解压后 {megabytes(unpacked)}，上限 {megabytes(limits.max_unpacked_bytes)}"
    return "压缩比异常" if unpacked > max(RATIO_FLOOR, limits.max_ratio * packed) else None


def _ole_kind(path: Path) -> Kind:
    try:
        return OLE_KINDS.get(main_stream(path) or "", Kind.OLE2)
    except BrokenCompoundError:
        return Kind.OLE2


def _check_ole(path: Path) -> tuple[Problem, ...]:
    try:
        stream = main_stream(path)
        if stream is None:
            return (unsupported("不是 Word 或 Excel 文件"),)
        return (ENCRYPTED,) if is_locked(path, stream) else ()
    except BrokenCompoundError:
        return (damaged("文件结构无法读取"),)
