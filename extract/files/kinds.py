"""What a submitted file is, told by its bytes and never by its name."""

from __future__ import annotations

import re
from enum import Enum
from pathlib import Path
from zipfile import ZipFile

from extract.files.encoding import bytes_to_text
from extract.files.limits import Limits
from extract.files.ole import BrokenCompoundError, main_stream
from extract.files.zips import BROKEN_ZIP, ZIP_SIGNATURES, directory_bytes, part_key, read_start


class Kind(Enum):
    """A kind of file; the value is its media type. `DOCX` and `XLSX` include the macro-enabled variants, `TAR` archives and
    files packed by gzip, bzip2 or xz.
    """

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
    MHTML = "multipart/related"
    SPREADSHEET_XML = "application/x-spreadsheetml"
    WORD_XML = "application/x-wordml"
    JSON = "application/json"
    TEXT = "text/plain"
    EMPTY = "application/x-empty"
    RAR = "application/vnd.rar"
    SEVEN_ZIP = "application/x-7z-compressed"
    TAR = "application/x-tar"
    MAIL = "message/rfc822"
    OUTLOOK = "application/vnd.ms-outlook"
    UNKNOWN = "application/octet-stream"

    @property
    def media_type(self) -> str:
        """The media type that a result names."""
        return self.value


_HEAD = 1024 * 1024
"""The bytes looked at to tell text from binary."""

_OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_KINDS = {
    "EncryptedPackage": Kind.ENCRYPTED_PACKAGE,
    "WordDocument": Kind.DOC,
    "Workbook": Kind.XLS,
    "Book": Kind.XLS,
    "__properties_version1.0": Kind.OUTLOOK,
}
_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"II*\0", Kind.TIFF),
    (b"MM\0*", Kind.TIFF),
    (b"II+\0", Kind.TIFF),
    (b"MM\0+", Kind.TIFF),
    (b"Rar!\x1a\x07", Kind.RAR),
    (b"7z\xbc\xaf\x27\x1c", Kind.SEVEN_ZIP),
    (b"\x1f\x8b", Kind.TAR),
    (b"BZh", Kind.TAR),
    (b"\xfd7zXZ\0", Kind.TAR),
)
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_CONTENT_TYPES = "[Content_Types].xml"
_PACKAGES = (
    (re.compile(rb"wordprocessingml\.(document|template)\.main\+xml|ms-word\.\w+\.macroEnabled\.?\w*\.main\+xml",
                re.I), Kind.DOCX),
    (re.compile(rb"spreadsheetml\.(sheet|template)\.main\+xml|ms-excel\.(sheet|template)\.macroEnabled\.main\+xml",
                re.I), Kind.XLSX),
)  # fmt: skip
_HTML_TAG = re.compile(r"<(!doctype\s+html|html|head|body|meta|table|div)\b", re.I)
_BLANKS = re.compile(r"\s*")
_XML_LINE = re.compile(r"<\?xml[^>]*>")
_XML_START = 4096
"""The characters within which an XML file names its program or its namespace."""
_XML_KINDS = (
    ("urn:schemas-microsoft-com:office:spreadsheet", Kind.SPREADSHEET_XML),
    ("schemas.microsoft.com/office/word/2003/wordml", Kind.WORD_XML),
    ("schemas.microsoft.com/office/2006/xmlPackage", Kind.WORD_XML),
)
_MAIL_HEAD = re.compile(
    r"(?:From|To|Cc|Subject|Date|Sender|Reply-To|Message-ID|MIME-Version|Content-Type|Received|Return-Path|Delivered-To"
    r"|DKIM-Signature|Authentication-Results|X-[\w-]+) ?:",
    re.I,
)
_MAIL_START = 64 * 1024
"""The characters within which a mail says that it is one: servers put their own lines before it."""
_MHTML = re.compile(r"^Content-Type:\s*(?:multipart/related|text/html)", re.I | re.M)
_JSON_START = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\]])")
"""An object, or a list of objects or lists: no text of a form begins so."""
_HEAD_END = re.compile(r"\r?\n\r?\n")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def identify(path: Path) -> Kind:
    """The kind of the file at `path`. A broken archive is `ZIP`, a broken OLE2 file `OLE2`.

    Raises `OSError` when the file cannot be opened.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith(ZIP_SIGNATURES):
        return _zip_kind(path)
    if head.startswith(_OLE_SIGNATURE):
        return _ole_kind(path)
    return _signed_kind(head) or _text_kind(head)


def _signed_kind(head: bytes) -> Kind | None:
    """The kind by its first bytes; a PDF may have others before its mark (ISO 32000-1, annex H.3.4.1)."""
    if head[4:8] == b"ftyp":
        return Kind.HEIC if head[8:12] in _HEIC_BRANDS else Kind.UNKNOWN
    if b"%PDF-" in head[:1024]:
        return Kind.PDF
    if head[257:262] == b"ustar":
        return Kind.TAR
    return next((kind for signature, kind in _SIGNATURES if head.startswith(signature)), None)


def _text_kind(head: bytes) -> Kind:
    # the head may end in the middle of a character, which takes up to four bytes
    readings = (bytes_to_text(head[: len(head) - cut])[0] for cut in range(4))
    text = next((t for t in readings if t is not None and not _CONTROL.search(t)), None)
    if text is None:
        return Kind.UNKNOWN
    if not text.strip():
        return Kind.EMPTY
    if _is_html(text):
        return Kind.HTML
    if _JSON_START.match(text):
        return Kind.JSON
    return _plain_kind(text[:_MAIL_START].lstrip())


def _plain_kind(start: str) -> Kind:
    """The kind of a text that begins with `start` and is no web page and no JSON."""
    if start.startswith("<?xml"):
        return next((kind for word, kind in _XML_KINDS if word in start[:_XML_START]), Kind.UNKNOWN)
    if _MAIL_HEAD.match(start) and "mime-version:" in start.lower():
        head = _HEAD_END.split(start, maxsplit=1)[0]
        return Kind.MHTML if _MHTML.search(head) else Kind.MAIL
    return Kind.UNKNOWN if start[:5].lower() == "{\\rtf" else Kind.TEXT


def _is_html(text: str) -> bool:
    """Whether a text begins with a tag of HTML, after an XML line and comments."""
    at = _past_blanks(text, 0)
    line = _XML_LINE.match(text, at)
    at = _past_blanks(text, line.end()) if line else at
    while text.startswith("<!--", at):
        end = text.find("-->", at + 4)
        if end < 0:
            return False
        at = _past_blanks(text, end + 3)
    return _HTML_TAG.match(text, at) is not None


def _past_blanks(text: str, at: int) -> int:
    found = _BLANKS.match(text, at)
    return found.end() if found else at


def _zip_kind(path: Path) -> Kind:
    if directory_bytes(path) > Limits().max_directory_bytes:
        return Kind.ZIP
    try:
        with ZipFile(path) as archive:
            names = set(map(part_key, archive.namelist()))
            if "ofd.xml" in names:
                return Kind.OFD
            types = read_start(archive, _CONTENT_TYPES, _HEAD) if part_key(_CONTENT_TYPES) in names else b""
    except BROKEN_ZIP:
        return Kind.ZIP
    return next((kind for pattern, kind in _PACKAGES if pattern.search(types)), Kind.ZIP)


def _ole_kind(path: Path) -> Kind:
    try:
        return _OLE_KINDS.get(main_stream(path) or "", Kind.OLE2)
    except BrokenCompoundError:
        return Kind.OLE2
