"""Radical code points that some PDF writers use for ordinary characters (Chromium, some WPS exports).

Unicode's compatibility mapping covers the Kangxi radicals (U+2F00–2FD5) but not the radical supplement
(U+2E80–2EF3), and gives traditional forms where simplified text means the simplified one.
"""

from __future__ import annotations

import unicodedata

_SUPPLEMENT = {
    "⺁": "厂", "⺃": "乚", "⺄": "乙", "⺅": "亻", "⺆": "冂", "⺇": "几", "⺈": "刀", "⺉": "刂", "⺊": "卜",
    "⺋": "㔾", "⺌": "小", "⺍": "小", "⺎": "兀", "⺏": "尣", "⺐": "尢", "⺑": "尢", "⺒": "巳", "⺓": "幺",
    "⺔": "彑", "⺕": "彐", "⺖": "忄", "⺗": "心", "⺘": "扌", "⺙": "攵", "⺛": "旡", "⺜": "日", "⺝": "月",
    "⺞": "歹", "⺟": "母", "⺠": "民", "⺡": "氵", "⺢": "水", "⺣": "灬", "⺤": "爪", "⺥": "爪", "⺦": "丬",
    "⺧": "牛", "⺨": "犭", "⺩": "王", "⺪": "疋", "⺫": "目", "⺬": "示", "⺭": "礻", "⺮": "竹", "⺯": "糹",
    "⺰": "纟", "⺱": "罓", "⺲": "罒", "⺳": "网", "⺴": "网", "⺵": "网", "⺶": "羊", "⺷": "羊", "⺸": "羊",
    "⺹": "老", "⺺": "肀", "⺻": "聿", "⺼": "肉", "⺽": "臼", "⺾": "艹", "⺿": "艹", "⻀": "艹", "⻁": "虎",
    "⻂": "衤", "⻃": "覀", "⻄": "西", "⻅": "见", "⻆": "角", "⻇": "角", "⻈": "讠", "⻉": "贝", "⻊": "足",
    "⻋": "车", "⻌": "辶", "⻍": "辶", "⻎": "辶", "⻏": "阝", "⻐": "钅", "⻑": "长", "⻒": "长", "⻓": "长",
    "⻔": "门", "⻕": "阜", "⻖": "阝", "⻗": "雨", "⻘": "青", "⻙": "韦", "⻚": "页", "⻛": "风", "⻜": "飞",
    "⻝": "食", "⻞": "食", "⻟": "饣", "⻠": "饣", "⻡": "首", "⻢": "马", "⻣": "骨", "⻤": "鬼", "⻥": "鱼",
    "⻦": "鸟", "⻧": "卤", "⻨": "麦", "⻩": "黄", "⻪": "黾", "⻫": "齐", "⻬": "齐", "⻭": "齿", "⻮": "齿",
    "⻯": "龙", "⻰": "龙", "⻱": "龟", "⻲": "龟", "⻳": "龟",
}  # fmt: skip

# the Kangxi block follows the traditional dictionary; in simplified text these stand for the simplified character
_SIMPLIFIED = {
    "⻑": "长", "⾧": "长", "⾨": "门", "⾒": "见", "⾞": "车", "⾙": "贝", "⾺": "马", "⾷": "食", "⾶": "飞",
    "⾵": "风", "⾴": "页", "⾓": "角", "⾦": "金", "⿂": "鱼", "⿃": "鸟", "⿄": "卤", "⿆": "麦", "⿈": "黄",
    "⿑": "齐", "⿒": "齿", "⿓": "龙", "⿔": "龟", "⾱": "韦", "⻨": "麦", "⼾": "户", "⾭": "青",
    "⺀": "冫", "⺂": "乛", "㇀": "丶", "㇏": "乀", "㇐": "一",
    "㇑": "丨", "㇒": "丿", "㇓": "丿", "㇔": "丶", "㇟": "乚",
}  # fmt: skip

RADICALS: dict[str, str] = {
    **{chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)},
    **_SUPPLEMENT,
    **_SIMPLIFIED,
}
"""Radical code point → the character it is drawn as."""
RADICAL_TABLE = str.maketrans(RADICALS)
