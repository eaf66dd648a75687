"""Bytes of a text file → text. A guess is always reported."""

from __future__ import annotations

import codecs
import re

from models.document import Problem

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?([A-Za-z0-9_-]{2,20})", re.I)
_DECLARED_BYTES = 4096
"""An HTML file declares its encoding within its first bytes (the HTML standard reads 1024)."""
_CHINESE_ENCODINGS = {
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "x-gbk", "cp936"), "gb18030"),
    "big5": "big5hkscs",
}
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种"
    "面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本"
    "去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比"
    "或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总"
    "次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做"
    "必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权"
    "收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信"
    "马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连"
    "断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存"
    "候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严龙飞"
)


def bytes_to_text(data: bytes, declared: str = "") -> tuple[str | None, tuple[Problem, ...]]:
    """Decode UTF-8 (with or without mark), UTF-16 or GB18030; `None` when it is no text at all.

    `declared` is what the file, or what brought it, says of its encoding; so may an HTML file itself. UTF-8 checks
    itself, so it needs no report, nor does GB18030 that was declared. UTF-16 without a mark and GB18030 accept many wrong files:
    such a guess is reported, as a warning when the text it gives does not look like Chinese prose.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding)
    if b"\0" not in data:
        try:
            return data.decode("utf-8"), ()
        except UnicodeDecodeError:
            return _declared(data, declared) or _utf8_or_gb18030(data)
    little = data[1::2].count(0) >= data[0::2].count(0)
    text, problems = _guess(data, "utf-16-le" if little else "utf-16-be")
    return (None, ()) if text is None or "\0" in text or _chinese_share(text) < 0.02 else (text, problems)


def _declared(data: bytes, declared: str) -> tuple[str, tuple[Problem, ...]] | None:
    """The text by the encoding that is declared, if it is a Chinese one and the bytes keep to it."""
    found = _DECLARED.search(data[:_DECLARED_BYTES])
    name = (declared or (found[1].decode("ascii") if found else "")).lower()
    if name not in _CHINESE_ENCODINGS:
        return None
    try:
        return data.decode(_CHINESE_ENCODINGS[name]), ()
    except UnicodeDecodeError:
        return None


def _strict(data: bytes, encoding: str) -> tuple[str | None, tuple[Problem, ...]]:
    try:
        return data.decode(encoding), ()
    except UnicodeDecodeError as error:
        message = f"文件声明为 {encoding.upper()} 编码，但第 {error.start} 字节起无法解码，已用占位符代替，请核对或另存为 UTF-8 后重新提交"
        return data.decode(encoding, "replace"), (Problem("encoding-damaged", message),)


def _utf8_or_gb18030(data: bytes) -> tuple[str | None, tuple[Problem, ...]]:
    """Bytes that are no clean UTF-8: UTF-8 with a few bad bytes, if that reads more like Chinese than GB18030 does."""
    text = data.decode("utf-8", "replace")
    other, problems = _guess(data, "gb18030")
    damaged = text.count("\ufffd") <= max(3, len(text) // 50)
    if damaged and _chinese_share(text) > (_chinese_share(other) if other else 0.0):
        place = text.index("\ufffd")
        message = f"UTF-8 文本中有无法解码的字节（第 {place + 1} 个字符起），已用占位符代替，请核对"
        return text, (Problem("encoding-damaged", message),)
    return other, problems


def _guess(data: bytes, encoding: str) -> tuple[str | None, tuple[Problem, ...]]:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        if encoding != "gb18030":
            return None, ()
        text = data.decode(encoding, "replace")
        if text.count("\ufffd") > max(3, len(text) // 50):
            return None, ()
        return text, (
            Problem("encoding-damaged", "文件不是完整的 GB18030 文本，无法解码的字节已用占位符代替，请核对"),
        )
    if _chinese_share(text) < 0.3:
        message = f"文件没有编码标记，按 {encoding.upper()} 解码后不像中文，请另存为 UTF-8 后重新提交"
        return text, (Problem("encoding-doubtful", message),)
    return text, (Problem("encoding-guessed", f"文件没有编码标记，按 {encoding.upper()} 读取", "info"),)


def _chinese_share(text: str) -> float:
    """How many of the characters beyond ASCII are among the most usual Chinese ones."""
    wide = [c for c in text[:20000] if ord(c) > 0x2E7F]
    return sum(c in _COMMON for c in wide) / len(wide) if wide else 0.0
