"""Damage for made-up declarations: paper tables, their OCR text, and what goes wrong in reading.

A declaration becomes a paper table (rows of cells with their spans), named faults spoil it, and a renderer
writes it as tab-separated text, HTML or Markdown pipe tables. Every fault is recorded as
``[name, before, after]``. The truth stays what is printed on the paper; only ``swallowed-header`` loses cells
for good, and there the truth becomes null.
"""

from __future__ import annotations

import argparse
import copy
import html
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any, Literal

from tests.declarations import CATALOGUE, Layout, declare

Json = dict[str, Any]
Level = Literal["none", "ocr", "html", "worse"]
Format = Literal["tab", "html", "pipe"]

# A character, then characters a recogniser takes for it; the likeliest first, rare ones too.
_LOOK_ALIKES = """
一亠丨 三彡亖 上土丄 不丕木 与马屿 专去耑 业亚业 两雨丙 中巾申 主王生丶 之乏辶 习刁司 事亊争 二工冫 交爻文
产户严 人入八亻 他也池 价介仵 任仕仼 伍五仟 会合公 估佔沽 位立泣 体休本 余佘众 作伜乍 使便俠 依侬佽 保倮堡
信佶言 值値植 健建徤 储诸偖 充允兖 入人亽 全金仝 公厶么 其具甚 内囗肉 况沉兄 准淮隼 出岀凸 分兮氽 划刘戈
利刹秈 别剐另 制剃刂 前莭刖 力刀九 务夯芬 动劢勋 化仳匕 匹四兀 升什廾 单里甲 占古卢 历厉厍 叉义又 发友犮
变奕恋 可司叮 史吏虫 合台亼 名各夕 向问冋 和知咊 员贠负 响晌哠 国囯园 在仕左 型刑垫 培陪焙 基墓棊 填塡慎
境镜增 处外夂 备奋畚 复夏夐 存仔孖 学字孛 完宗宪 定宕宀 实买宲 客容恪 家豕宊 容客蓉 对时讨 层屋尸 展屏屐
工土匸 干千于 年午乍 序庠庁 应应庄 府俯庎 度废庋 建健廴 开升亓 当彐归 影彰彭 心必忄 态恣太 性怯牲 总怱恴
息恩悤 情惰倩 意竟薏 成戌咸 截戴戡 战占战 户尸戸 手毛于 才寸木 执抚扎 技枝抆 报极拫 拨拔泼 持特恃 按桉挍
据椐倨 控腔椌 提堤捉 撑掌橕 支攴友 收攸牧 改攺攻 政攻玫 效郊咬 整憨敕 料科抖 方万亢 无旡元 日曰囗 明朋眀
有冇育 服报朊 期斯朞 本木夲 机杌朳 权杈杖 构杓沟 果杲栗 标柡示 核孩桉 概慨槪 次欠冫 款欤歀 止上正 段叚毁
比北匕 求來术 法去泆 测侧渕 济齐挤 满潢蒲 点卢占 率卒桼 环坏坯 现规垷 理埋俚 生牛主 用甩冂 申甲电 电甩曳
略咯畧 益盆盇 监盐鉴 盖盍羔 目日囗 相柤桕 真直眞 确硝碓 社杜礻 科料枓 称祢秤 程桯稈 税悦稅 立竝亠 符苻荷
算箕筭 管菅筦 类米粪 系糸丝 级圾纫 经径泾 结诘桔 绩债缋 续读渎 编偏徧 置罝署 职织聀 联朕耿 能熊态 范氾茫
行彳亍 表衰丧 要耍婁 覆履覈 规现观觇 观规现 计汁讠 训川馴 议仪汉 设没沒 评坪伻 话活诂 调凋诇 象像豕 负贝员
财则貝 责贵青 购构沟 费贵弗 资咨姿 转砖鸢 运云沄 近斤辺 述术沭 途涂迨 部陪郜 配酡酌 采釆禾 重童垂 金全佥
长张仉 门冂闩 间问闾 队认阝 际标陈 障瘴璋 需霈雷 非韭耒 面而靣 革苹草 项顶顷 预颈頇 额颔顔 高髙亮
"""
LOOK_ALIKES = {group[0]: "".join(c for c in group[1:] if c != group[0]) for group in _LOOK_ALIKES.split()}

# Slips of a typist: what is meant, what is typed. None of the results is a word one could mean.
_SOUND_ALIKES = """
有保障>由保障 依据充分>依据充份 保障>保张 匹配>批配 相符>相付 健全>建全 符合>付合 明确>名确 完整>完正
规范>规犯 齐全>其全 依据>依剧 交叉>交插 重复>重负 客观>刻观 效率>效律 提升>提生 储备>储配 需求>须求
法定化>法订化 合理>和理 合规>和规 准确>准却 真实>真识 资料>姿料 手段>手断 控制>空制 内容>内荣 测算>测蒜
规划>归划 标准>标谁 程序>程续 设立>社立 单位>单为 充分>充纷 处置>处至 制度>治度 编制>编治 战略>占略
职能>值能 机构>机勾 权力>权立 责任>则任 手续>手序 年度>年渡 项目>项木
"""
SOUND_ALIKES = tuple((meant, typed) for pair in _SOUND_ALIKES.split() for meant, typed in [pair.split(">")])

RARE = "囗亍菅刮丨亅廾彳亠冫屮攵囝乜尢丬豸黹龠卣鬯夂隹皀厶勹"


# --- the paper table ------------------------------------------------------------------------------

COLUMNS = {  # how wide the columns of each part are, in 24ths of the page
    "head": (4, 8, 4, 2, 2, 2, 2),
    "budget": (3, 3, 4, 4, 3, 3, 4),
    "list": (3, 3, 4, 4, 3, 3, 4),
    "projects": (3, 5, 3, 3, 3, 3, 4),
    "summary": (3, 5, 6, 3, 3, 2, 2),
    "long": (3, 3, 3, 4, 5, 3, 3),
    "annual": (3, 2, 3, 3, 3, 3, 3, 2, 2),
}


@dataclass(slots=True)
class Cell:
    """A cell: its text or list items, its span in columns, and whether it lies under a merged cell."""

    text: str = ""
    closed: bool = False  # words of the form or of the catalogue
    span: int = 1
    covered: str | None = None  # the text of the merged cell it lies under
    items: tuple[str, ...] = ()

    @property
    def blank(self) -> bool:
        """Nothing is printed here."""
        return not self.text and not self.items


@dataclass(slots=True)
class Row:
    """A printed row of one part of the form, or a line between tables, or a page's end."""

    part: str  # a key of COLUMNS, or "line", "list-line", "break"
    cells: list[Cell] = field(default_factory=list)
    kind: str = "data"  # "header", "data", "filler", "rest", "goals"
    index: int | None = None  # of the indicator in the truth
    moved: bool = False  # a fault has already moved its cells


@dataclass(frozen=True, slots=True)
class Style:
    """How one reader writes down what it sees."""

    punctuation: str  # "full", "half", "spaced" or "mixed"
    roomy: bool  # 2025 年, 核心业务产出 1, ≥800 件
    mark: str  # 1、 1. （1）
    listing: str  # "p", "br" or "space"
    padded: bool  # blanks for spanned columns
    trimmed: bool  # no blanks at the end of a row
    goals: str  # "row" or "list"
    fillers: float  # chance of a row of dots after a group
    label_at: int | None  # row of the annual table that carries its label; None: lost
    reprint: float  # chance that a label is printed again after a page break
    page_rows: int
    repeat_header: bool
    thousands: bool
    date: str
    compatible: bool  # code points of radicals for characters, as some prints carry them
    spans: str  # HTML: "edges", "plain" or "filled"


def random_style(rng: Random) -> Style:
    """Habits of one reader."""
    return Style(
        punctuation=rng.choice(("full", "half", "spaced", "mixed", "mixed")),
        roomy=rng.random() < 0.35,
        mark=rng.choice(("{}、", "{}、", "{}. ", "{}.", "（{}）", "{}．")),
        listing=rng.choice(("p", "space", "space", "br")),
        padded=rng.random() < 0.5,
        trimmed=rng.random() < 0.1,
        goals=rng.choice(("row", "row", "list")),
        fillers=rng.choice((0, 0, 0.15, 0.5)),
        label_at=rng.choice((0, 0, 0, None, rng.randint(4, 9))),
        reprint=rng.choice((0, 0, 0, 0.5, 1)),
        page_rows=rng.randint(12, 30),
        repeat_header=rng.random() < 0.1,
        thousands=rng.random() < 0.03,
        date=rng.choice(("{}年{}月{}日", "{}年{}月{}日", "{}-{:02}-{:02}", "{}.{}.{}")),
        compatible=rng.random() < 0.04,
        spans=rng.choice(("edges", "edges", "plain", "filled")),
    )


def _label(text: str, span: int = 1) -> Cell:
    return Cell(text, closed=True, span=span)


def _under(label: str) -> Cell:
    return Cell(covered=label)


def _value(text: str | None, span: int = 1) -> Cell:
    return Cell(text or "", span=span)


def truth_to_paper(truth: Json, style: Style) -> list[Row]:
    """The undamaged form as printed, without page breaks."""
    return [
        *_heading(truth, style),
        *_head_rows(truth),
        *_budget_rows(truth, style),
        *_list_rows(truth),
        *_project_rows(truth, style),
        *_summary_rows(truth),
        *_long_rows(truth, style),
        *_annual_rows(truth, style),
    ]


def _heading(truth: Json, style: Style) -> list[Row]:
    day = truth["filled_on"]
    written = style.date.format(*map(int, day.split("-"))) if day else "  年  月  日"
    return [
        Row("line", [Cell("## 附件2")]),
        Row("line", [Cell("## "), _label(truth["title"])]),
        Row("line", [_label("填报日期"), Cell("：" + written)]),
        Row("line", [_label("单位"), Cell("：万元")]),
    ]


def _head_rows(truth: Json) -> list[Row]:
    return [
        Row("head", [_label("部门（单位）名称"), _value(truth["department"], 6)]),
        Row(
            "head",
            [_label("填报人"), _value(truth["preparer"]), _label("联系电话"), _value(truth["phone"], 4)],
        ),
    ]


def _amount(text: str | None, style: Style) -> Cell:
    if text and style.thousands:
        whole, _, rest = text.partition(".")
        text = f"{int(whole):,}" + ("." + rest if rest else "")
    return _value(text)


def _budget_rows(truth: Json, style: Style) -> list[Row]:
    budget, section = truth["budget"], "部门总体资金情况"
    years = [f"{year}年" for year in budget["history_years"]] or ["年", "年"]
    rows = [
        Row(
            "budget",
            [
                _label(section),
                _label("总体资金情况", 2),
                _label("当年金额"),
                _label("占比"),
                _label("近两年收支金额", 2),
            ],
            "header",
        ),
        Row(
            "budget",
            [
                _under(section),
                Cell(span=2, covered="总体资金情况"),
                _under("当年金额"),
                _under("占比"),
                *map(_value, years),
            ],
            "header",
        ),
    ]
    for side, name in (("income", "收入构成"), ("expenditure", "支出构成")):
        for position, line in enumerate(budget[side]):
            rows.append(
                Row(
                    "budget",
                    [
                        _under(section),
                        _label(name) if position == 0 else _under(name),
                        _label(line["item"]),
                        _amount(line["amount"], style),
                        _value(line["share"]),
                        *(_amount(v, style) for v in line["history"]),
                    ],
                )
            )
    return rows


def _list_rows(truth: Json) -> list[Row]:
    return [
        Row("list", [_label(name), Cell(items=tuple(truth[key]), span=6)])
        for name, key in (("部门职能概述", "functions"), ("年度工作任务", "annual_tasks"))
    ]


def _project_rows(truth: Json, style: Style) -> list[Row]:
    section = "项目支出情况"
    names = ("项目名称", "支出项目类别", "项目总预算", "项目本年度预算")
    rows = [
        Row("projects", [_label(section), *map(_label, names), _label("项目主要支出方向和用途", 2)], "header")
    ]
    for project in truth["projects"]:
        rows.append(
            Row(
                "projects",
                [
                    _under(section),
                    _value(project["name"]),
                    _value(project["category"]),
                    _amount(project["total_budget"], style),
                    _amount(project["annual_budget"], style),
                    _value(project["purpose"], 2),
                ],
            )
        )
    return rows


def _summary_rows(truth: Json) -> list[Row]:
    section, until = "整体绩效总目标", _until(truth)
    return [
        Row("summary", [_label(section), _label(f"长期目标（{until}）", 2), _label("年度目标", 4)], "header"),
        Row(
            "summary",
            [
                _under(section),
                _value(truth["long_term"]["summary"], 2),
                _value(truth["annual"]["summary"], 4),
            ],
        ),
    ]


def _until(truth: Json) -> str:
    return f"截止{truth['long_term']['until_year'] or '  '}年"


def _filler(part: str, above: Row, rng: Random) -> Row:
    """A row of dots below a group, in one of its name columns."""
    cells = [_under(cell.covered or cell.text) if at == 0 else Cell() for at, cell in enumerate(above.cells)]
    cells[rng.choice((1, 2, 3, 3))].text = "....."
    return Row(part, cells, "filler")


def _indicator_rows(part: str, section: str, rows: Sequence[Json], style: Style) -> Iterator[Row]:
    rng = Random(f"{section}{rows[0]}")
    above: tuple[str, str] = ("", "")
    last: Row | None = None
    for index, line in enumerate(rows):
        one, two = line["level1"], line["level2"]
        if last and (one, two) != above and rng.random() < style.fillers * 0.3:
            yield _filler(part, last, rng)
        history = (
            [_indicator_value(line, line["history"][key]) for key in ("year_before_last", "last_year")]
            if part == "annual"
            else []
        )
        last = Row(
            part,
            [
                _under(section),
                _under(one) if one == above[0] else _label(one),
                _under(two) if (one, two) == above else _label(two),
                Cell(line["level3"], closed=line["level3"] in NAMES),
                *history,
                _indicator_value(line, line["target"]),
                Cell(line["basis"] or "", closed=True),
                Cell(line["category"] or "", closed=True),
            ],
            index=index,
        )
        above = one, two
        yield last


NAMES = frozenset(entry.level3 for entry in CATALOGUE)
STANDARDS = {entry.level3: entry.standard for entry in CATALOGUE}


def _indicator_value(line: Json, text: str | None) -> Cell:
    standard = STANDARDS.get(line["level3"])
    return Cell(text or "", closed=text is not None and text == standard and text != "无")


def _long_rows(truth: Json, style: Style) -> list[Row]:
    section = "长期绩效指标"
    names = ("一级指标", "二级指标", "三级指标", "指标值", "指标值确定依据", "指标分类")
    goals = Cell(items=tuple(truth["long_term"]["goals"]), span=6)
    return [
        Row("list", [_label(f"长期目标：（{_until(truth)}）"), goals]),
        Row("long", [_label(section), *map(_label, names)], "header"),
        *_indicator_rows("long", section, truth["long_term"]["indicators"], style),
    ]


def _annual_rows(truth: Json, style: Style) -> list[Row]:
    section, names = "年度绩效指标", ("一级指标", "二级指标", "三级指标")
    ends = ("指标值确定依据", "指标分类")
    left = [_under(section), *map(_under, names)]
    rows = [
        Row(
            "annual",
            [_label(section), *map(_label, names), _label("指标值", 3), *map(_label, ends)],
            "header",
        ),
        Row(
            "annual",
            [*copy.deepcopy(left), _label("近两年指标值", 2), _label("预期当年实现值"), *map(_under, ends)],
            "header",
        ),
        Row(
            "annual",
            [*left, _label("前年"), _label("上年"), _under("预期当年实现值"), *map(_under, ends)],
            "header",
        ),
        *_indicator_rows("annual", section, truth["annual"]["indicators"], style),
    ]
    if style.label_at != 0:
        rows[0].cells[0] = Cell()
    if style.label_at:
        rows[style.label_at].cells[0] = _label(section)
    goals = tuple(truth["annual"]["goals"])
    if style.goals == "row":
        return [Row("list", [_label("年度目标："), Cell(items=goals, span=6)], "goals"), *rows]
    return [*_goal_lines(goals), *rows]


def _goal_lines(goals: Iterable[str]) -> list[Row]:
    """The annual goals as a Markdown list between tables."""
    lines = [Row("list-line", [Cell(items=(goal,))], "goals", number) for number, goal in enumerate(goals, 1)]
    return [Row("line", [Cell("**"), _label("年度目标"), Cell("：**")], "goals"), *lines]


# --- faults ---------------------------------------------------------------------------------------


@dataclass(slots=True)
class Sheet:
    """A form under damage."""

    rows: list[Row]
    truth: Json
    style: Style
    rng: Random
    faults: list[list[str | None]] = field(default_factory=list)

    def note(self, name: str, before: str | None, after: str | None = None) -> None:
        """Record a fault."""
        self.faults.append([name, before, after])

    def cells(self) -> list[Cell]:
        """All cells, in reading order."""
        return [cell for row in self.rows for cell in row.cells]

    def indicator_rows(self, part: str = "") -> list[Row]:
        """Unmoved indicator rows of one table or of both."""
        return [
            row
            for row in self.rows
            if row.index is not None
            and row.part in (part or "long", part or "annual")
            and row.kind == "data"
            and not row.moved
        ]

    def chosen(self, rows: Sequence[Row], rate: float) -> list[Row]:
        """About ``rate`` of these rows (a number of rows, not a share), none twice."""
        count = int(rate) + (self.rng.random() < rate % 1)
        return self.rng.sample(list(rows), min(count, len(rows)))


def _name(row: Row) -> str:
    """What to call a row in the list of faults: its longest name."""
    return max((cell.text for cell in row.cells[:4]), key=len, default="")


def _misread(rng: Random, text: str, rate: float) -> str:
    """The text with every character taken for a look-alike at this rate."""
    out = []
    for char in text:
        options = LOOK_ALIKES.get(char, "")
        out.append(rng.choice(options[:1] * 2 + options) if options and rng.random() < rate else char)
    return "".join(out)


def typo_shape(sheet: Sheet, rate: float) -> None:
    """A look-alike in words of the form or the catalogue; ``rate`` per character."""
    for cell in sheet.cells():
        if cell.closed and len(cell.text) > 1:
            text = _misread(sheet.rng, cell.text, rate)
            if text != cell.text:
                sheet.note("typo-shape", cell.text, text)
                cell.text = text


def typo_sound(sheet: Sheet, rate: float) -> None:
    """The header swallows the first annual row: basis, category, history are lost, the names move."""
    usual = sorted(
        {cell.text for row in sheet.indicator_rows("annual") for cell in row.cells[4:7] if cell.closed}
    )
    count = int(rate) + (sheet.rng.random() < rate % 1)
    for text in sheet.rng.sample(usual, min(count, len(usual))):
        slips = [(before, after) for before, after in SOUND_ALIKES if before in text]
        if not slips:
            continue
        typed = text.replace(*sheet.rng.choice(slips), 1)
        for part in sheet.rng.choice((("annual",), ("annual",), ("annual", "long"))):
            for cell in (c for row in sheet.indicator_rows(part) for c in row.cells[4:] if c.text == text):
                cell.text = typed
        sheet.note("typo-sound", text, typed)


def stray(sheet: Sheet, rate: float) -> None:
    """A rare character put into, or in place of, a character of any text."""
    cells = [
        c
        for row in sheet.rows
        if row.part in COLUMNS and row.kind == "data"
        for c in row.cells
        if len(c.text) > 2
    ]
    count = int(rate) + (sheet.rng.random() < rate % 1)
    for cell in sheet.rng.sample(cells, min(count, len(cells))):
        at, rare = sheet.rng.randrange(len(cell.text)), sheet.rng.choice(RARE)
        instead = sheet.rng.random() < 0.4
        text = cell.text[:at] + rare + cell.text[at + instead :]
        sheet.note("stray", cell.text, text)
        cell.text = text


def drop_character(sheet: Sheet, rate: float) -> None:
    """A character of a catalogue text is not read; ``rate`` a form."""
    cells = [c for row in sheet.indicator_rows() for c in row.cells if c.closed and len(c.text) > 3]
    count = int(rate) + (sheet.rng.random() < rate % 1)
    for cell in sheet.rng.sample(cells, min(count, len(cells))):
        at = sheet.rng.randrange(len(cell.text))
        text = cell.text[:at] + cell.text[at + 1 :]
        sheet.note("drop-character", cell.text, text)
        cell.text = text


def lost_label(sheet: Sheet, rate: float) -> None:
    """A merged cell's text is not read: a level of the tree, or a section's name."""
    rows = [row for row in sheet.rows if row.part in COLUMNS and not row.moved]
    places = [
        (row, at)
        for row in rows
        for at, cell in enumerate(row.cells[:3])
        if cell.closed and cell.text and (at in (1, 2) if row.index is not None else at == 0)
    ]
    count = int(rate) + (sheet.rng.random() < rate % 1)
    for row, at in sheet.rng.sample(places, min(count, len(places))):
        sheet.note("lost-label", row.cells[at].text, "")
        row.cells[at].text = ""


def late_label(sheet: Sheet, rate: float) -> None:
    """The text of a merged cell is read some rows below its top, as it stands in the middle."""
    rows = sheet.indicator_rows()
    for row in sheet.chosen([r for r in rows if r.cells[1].text], rate):
        column = 1 if sheet.rng.random() < 0.7 or not row.cells[2].text else 2
        start, label = sheet.rows.index(row), row.cells[column].text
        below = [r for r in sheet.rows[start + 1 : start + 4] if r.index is not None and r.part == row.part]
        run: list[Row] = []
        for other in below:
            if not other.cells[column].blank:
                break
            run.append(other)
        if not run:
            continue
        target = sheet.rng.choice(run)
        for other in [row, *run]:
            other.cells[column] = Cell()
            if other is target:
                other.cells[column] = _label(label)
                break
        sheet.note("late-label", label, _name(target))


def lost_annual_heading(sheet: Sheet, rate: float) -> None:
    """The header rows of the annual table are not read, or only some of them."""
    if sheet.rng.random() >= rate:
        return
    headers = [row for row in sheet.rows if row.part == "annual" and row.kind == "header"]
    lost = headers if sheet.rng.random() < 0.6 else sheet.rng.sample(headers, 2)
    sheet.rows = [row for row in sheet.rows if all(row is not other for other in lost)]
    sheet.note("lost-annual-heading", str(len(lost)), None)


def swallowed_header(sheet: Sheet, rate: float) -> None:
    """The header swallows the first annual row: basis, category, history are lost, the names have moved."""
    if sheet.rng.random() >= rate:
        return
    row = next((row for row in sheet.indicator_rows("annual") if row.index == 0), None)
    if row is None:
        return
    names, target = (
        [Cell(c.text, c.closed) for c in row.cells[1:4]],
        Cell(row.cells[6].text, row.cells[6].closed),
    )
    sheet.note("swallowed-header", _name(row), None)
    gap = sheet.rng.choice((2, 2, 1, 3))
    row.cells = [Cell(), Cell(), Cell(), *names, *(Cell() for _ in range(gap)), target]
    row.moved = True
    truth = sheet.truth["annual"]["indicators"][0]
    truth.update(basis=None, category=None, history={"year_before_last": None, "last_year": None})
    if sheet.rng.random() < 0.6:
        _drop_section_column(sheet, sheet.rows.index(row) + 1, sheet.rng.randint(2, 9))


def _drop_section_column(sheet: Sheet, start: int, count: int) -> None:
    """Rows below a broken header come without their first column."""
    for row in sheet.rows[start : start + count]:
        if row.index is None or row.moved or not row.cells[0].blank:
            return
        del row.cells[0]
        row.moved = True
        sheet.note("shift-left", _name(row), None)


def page_break(sheet: Sheet, rate: float) -> None:
    """The form is cut into pages; ``rate`` is 1 or 0."""
    if not rate:
        return
    rows: list[Row] = []
    left = sheet.style.page_rows
    for row in sheet.rows:
        left -= 1
        if left <= 0 and row.part in COLUMNS and row.kind in ("data", "filler"):
            rows.append(Row("break"))
            sheet.note("page-break", _name(row), None)
            _after_break(sheet, rows, row)
            left = sheet.style.page_rows + sheet.rng.randint(-4, 4)
        rows.append(row)
    sheet.rows = rows


def _after_break(sheet: Sheet, rows: list[Row], row: Row) -> None:
    """What stands at the top of a new page: perhaps the header again, perhaps the labels again."""
    if sheet.style.repeat_header and row.index is not None:
        rows.extend(copy.deepcopy(r) for r in sheet.rows if r.part == row.part and r.kind == "header")
    for cell in row.cells:
        if cell.covered and sheet.rng.random() < sheet.style.reprint:
            cell.text, cell.closed, cell.covered = cell.covered, True, None
        elif cell.covered:
            cell.covered = ""


def interleaved_goals(sheet: Sheet, rate: float) -> None:
    """The annual goals stand as a list in the middle of the annual table."""
    if sheet.rng.random() >= rate:
        return
    goals = [row for row in sheet.rows if row.kind == "goals"]
    sheet.rows = [row for row in sheet.rows if all(row is not other for other in goals)]
    annual = [row for row in sheet.rows if row.index is not None and row.part == "annual"]
    before = sheet.rng.choice(annual[3 : max(len(annual) * 3 // 4, 4)])
    at = next(n for n, row in enumerate(sheet.rows) if row is before)
    sheet.rows[at:at] = [Row("break"), *_goal_lines(sheet.truth["annual"]["goals"]), Row("break")]
    for cell in before.cells:
        if cell.covered:
            cell.covered = ""
    sheet.note("interleaved-goals", _name(before), None)


def split_row(sheet: Sheet, rate: float) -> None:
    """The text of a cell, or of two, goes on in the next row, sometimes on the next page."""
    rows = [row for row in sheet.indicator_rows() if any(len(c.text) > 7 for c in row.cells[3:])]
    for row in sheet.chosen(rows, rate):
        long = [at for at, cell in enumerate(row.cells) if at > 2 and len(cell.text) > 7]
        count = 2 if len(long) > 1 and sheet.rng.random() < 0.25 else 1
        rest = Row(row.part, [_below(cell) for cell in row.cells], "rest", moved=True)
        for at in sheet.rng.sample(long, count):
            text = row.cells[at].text
            cut = sheet.rng.randint(len(text) // 3 + 1, len(text) - 2)
            row.cells[at].text, rest.cells[at] = text[:cut], Cell(text[cut:], row.cells[at].closed)
            sheet.note("split-row", text, f"{text[:cut]}|{text[cut:]}")
        row.moved = True
        at = sheet.rows.index(row) + 1
        broken = sheet.rng.random() < 0.15
        sheet.rows[at:at] = [Row("break"), rest] if broken else [rest]


def _below(cell: Cell) -> Cell:
    """The blank below a cell, still under a merged one if it was."""
    return Cell(span=cell.span, covered=cell.covered or (cell.text if cell.closed else None))


def shift_left(sheet: Sheet, rate: float) -> None:
    """A blank before the names is not read: the row, or a run of rows, stands a column further left."""
    rows = [row for row in sheet.indicator_rows() if row.cells[0].blank]
    for row in sheet.chosen(rows, rate):
        start = sheet.rows.index(row)
        length = sheet.rng.choice((1, 1, 1, 1, 2, 3, 6))
        padded = sheet.rng.random() < 0.8
        for other in sheet.rows[start : start + length]:
            if other.index is None or other.part != row.part or other.moved or not other.cells[0].blank:
                break
            sheet.note("shift-left", _name(other), None)
            del other.cells[0]
            other.cells += [Cell()] * padded
            other.moved = True


def slipped_label(sheet: Sheet, rate: float) -> None:
    """A first level stands one column too far left, and leaves a blank where it was."""
    for row in sheet.chosen(
        [r for r in sheet.indicator_rows() if r.cells[1].text and r.cells[0].blank], rate
    ):
        sheet.note("slipped-label", row.cells[1].text, None)
        row.cells[0], row.cells[1] = row.cells[1], Cell()
        row.moved = True


def shift_right(sheet: Sheet, rate: float) -> None:
    """A blank too many before the names: the row stands a column further right."""
    for row in sheet.chosen(sheet.indicator_rows(), rate):
        sheet.note("shift-right", _name(row), None)
        row.cells.insert(0, Cell())
        if row.cells[-1].blank:
            row.cells.pop()
        row.moved = True


def spurious_blank(sheet: Sheet, rate: float) -> None:
    """A blank too many somewhere in the row."""
    for row in sheet.chosen(_table_rows(sheet), rate):
        at = sheet.rng.randint(2, len(row.cells) - 1)
        sheet.note("spurious-blank", _name(row), str(at))
        row.cells.insert(at, Cell())
        if row.cells[-1].blank and sheet.rng.random() < 0.5:
            row.cells.pop()
        row.moved = True


def _table_rows(sheet: Sheet) -> list[Row]:
    """Unmoved rows of all tables of several columns; mostly indicators, as there are most of them."""
    return [
        row
        for row in sheet.rows
        if row.part in ("budget", "projects", "long", "annual") and row.kind == "data" and not row.moved
    ]


def glue(sheet: Sheet, rate: float) -> None:
    """Two neighbours are read as one cell; the rest of the row moves up, or a blank is left."""
    for row in sheet.chosen(_table_rows(sheet), rate):
        pairs = [
            at
            for at in range(len(row.cells) - 1)
            if row.cells[at].text and row.cells[at + 1].text and row.cells[at].span == 1
        ]
        if not pairs:
            continue
        at = sheet.rng.choice(pairs)
        left, right = row.cells[at].text, row.cells[at + 1].text
        figures = re.search(r"[\d%]$", left) and re.match(r"[-≥≤\d]", right)
        row.cells[at].text = left + (" " if figures or sheet.rng.random() < 0.5 else "") + right
        sheet.note("glue", f"{left}|{right}", row.cells[at].text)
        after = sheet.rng.choice(("blank", "tail", "short"))
        del row.cells[at + 1]
        if after != "short":
            row.cells.insert(at + 1 if after == "blank" else len(row.cells), Cell())
        row.moved = True


def drop_blank(sheet: Sheet, rate: float) -> None:
    """A blank is not read and the row's tail moves up."""
    for row in sheet.chosen(_table_rows(sheet), rate):
        history = (4, 5) if row.part == "annual" else ()  # which year was blank could not be told any more
        blanks = [at for at, cell in enumerate(row.cells[:-1]) if cell.blank and at not in history]
        if not blanks:
            continue
        sheet.note("drop-blank", _name(row), str(at := sheet.rng.choice(blanks)))
        del row.cells[at]
        row.moved = True


Fault = Callable[[Sheet, float], None]
FAULTS: dict[str, Fault] = {  # in the order in which they are done
    "typo-sound": typo_sound,
    "typo-shape": typo_shape,
    "drop-character": drop_character,
    "stray": stray,
    "swallowed-header": swallowed_header,
    "lost-label": lost_label,
    "late-label": late_label,
    "lost-annual-heading": lost_annual_heading,
    "page-break": page_break,
    "interleaved-goals": interleaved_goals,
    "split-row": split_row,
    "shift-left": shift_left,
    "shift-right": shift_right,
    "slipped-label": slipped_label,
    "spurious-blank": spurious_blank,
    "glue": glue,
    "drop-blank": drop_blank,
}

OCR = {  # rates: per character for typo-shape, a chance for the once-a-form ones, else how many a form
    "typo-sound": 0.5,
    "typo-shape": 0.007,
    "swallowed-header": 0.2,
    "late-label": 0.5,
    "page-break": 1.0,
    "interleaved-goals": 0.6,
    "split-row": 3.5,
    "shift-left": 3.0,
    "shift-right": 1.0,
    "slipped-label": 0.4,
    "spurious-blank": 0.6,
}
LEVELS: dict[str, dict[str, float]] = {
    "none": {"page-break": 1.0},
    "ocr": OCR,
    "html": OCR,
    "worse": OCR
    | {
        "drop-character": 1.0,
        "stray": 2.5,
        "lost-label": 1.2,
        "lost-annual-heading": 0.25,
        "late-label": 1.0,
        "spurious-blank": 1.5,
        "glue": 2.5,
        "drop-blank": 1.5,
    },
}
ONCE = ("page-break", "swallowed-header", "interleaved-goals", "lost-annual-heading")


# --- renderers ------------------------------------------------------------------------------------

RADICALS = str.maketrans("人目立门长力工文方日生用行见车金", "⼈⽬⽴⻔⻓⼒⼯⽂⽅⽇⽣⽤⾏⻅⻋⾦")
HALF = str.maketrans({"，": ",", "；": ";", "：": ":", "（": "(", "）": ")"})


class Pen:
    """Writes texts in one style; the letters stay, width and spaces vary."""

    def __init__(self, style: Style, rng: Random) -> None:
        self.style, self.rng = style, rng

    def text(self, text: str) -> str:
        """A text with the punctuation and the spaces of the style."""
        kind = self.style.punctuation
        if kind == "mixed":
            kind = self.rng.choice(("full", "full", "half"))
        if kind != "full":
            text = text.translate(HALF)
        if kind == "spaced":
            text = re.sub(r"([,;:])(?=\S)(?!\d)", r"\1 ", text)
        if self.style.roomy:
            text = re.sub(r"(?<=\d)(?=[年月日件人起次家户个公])|(?<=[年月])(?=\d)|(?<=产出)(?=\d)", " ", text)
        return text.translate(RADICALS) if self.style.compatible else text

    def items(self, items: Sequence[str]) -> list[str]:
        """Numbered items; a single one may go without its number."""
        if len(items) == 1 and self.rng.random() < 0.5:
            return [self.text(items[0])]
        return [self.text(self.style.mark.format(n) + item) for n, item in enumerate(items, 1)]

    def line(self, row: Row) -> str:
        """A line outside of the tables."""
        if row.part == "list-line":
            return "- " + self.text(self.style.mark.format(row.index) + row.cells[0].items[0])
        if len(row.cells) == 1 or row.cells[0].text in ("## ", "**"):
            return "".join(self.text(cell.text) for cell in row.cells)
        return re.sub(": *", ": ", "".join(self.text(cell.text) for cell in row.cells))

    def cell(self, cell: Cell, markup: bool) -> str:
        """A cell; its list in fragments, or run together."""
        if not cell.items:
            return html.escape(self.text(cell.text), quote=False) if markup else self.text(cell.text)
        items = [html.escape(item, quote=False) if markup else item for item in self.items(cell.items)]
        if self.style.listing == "p":
            return " ".join(f"<p>{item}</p>" for item in items)
        return ("<br>" if self.style.listing == "br" else " ").join(items)


def to_tab_text(rows: Sequence[Row], style: Style, rng: Random) -> str:
    """Markdown headings and tab-separated rows; a page's end is a blank line."""
    pen, lines = Pen(style, rng), [""]
    for row in rows:
        if row.part == "break":
            lines.append("")
        elif row.part == "line":
            lines += ["", pen.line(row)] + [""] * (row.cells[0].text == "**")
        elif row.part == "list-line":
            lines.append(pen.line(row))
        else:
            if lines[-1] and "\t" not in lines[-1]:
                lines.append("")
            lines.append(_tab_row(row, pen))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)) + "\n"


def _tab_row(row: Row, pen: Pen) -> str:
    cells: list[str] = []
    for cell in row.cells:
        padded = pen.style.padded and not (cell.items and pen.style.listing == "p")
        cells += [pen.cell(cell, markup=False)] + [""] * ((cell.span - 1) * padded)
    line = "\t".join(cells)
    return line.rstrip("\t") if pen.style.trimmed else line


def _pages(rows: Sequence[Row]) -> Iterator[tuple[bool, list[Row]]]:
    """Runs of lines (False) and of table rows (True); a break ends a run."""
    run: list[Row] = []
    for row in rows:
        table = row.part in COLUMNS
        if run and (row.part == "break" or (run[0].part in COLUMNS) != table):
            yield run[0].part in COLUMNS, run
            run = []
        if row.part != "break":
            run.append(row)
    if run:
        yield run[0].part in COLUMNS, run


def to_html(rows: Sequence[Row], style: Style, rng: Random) -> str:
    """One table a page, with the spans that are left after the damage."""
    pen = Pen(style, rng)
    out = ["<html><body>"]
    for table, run in _pages(rows):
        out += _html_table(run, pen) if table else [_html_line(row, pen) for row in run]
    return "\n".join([*out, "</body></html>"]) + "\n"


def _html_line(row: Row, pen: Pen) -> str:
    line = html.escape(pen.line(row), quote=False)
    if line.startswith("## "):
        return f"<h2>{line[3:]}</h2>"
    return "<p>" + line.removeprefix("- ").strip("*") + "</p>"


def _edges(row: Row, style: Style) -> list[tuple[int, int]]:
    """Start and width of every cell, in 24ths of the page or in columns."""
    widths = COLUMNS[row.part] if style.spans == "edges" else (1,) * 9
    edges, at, start = [], 0, 0
    for cell in row.cells:
        width = sum(widths[at : at + cell.span]) or 1
        edges.append((start, width))
        at, start = at + cell.span, start + width
    return edges


def _html_table(rows: Sequence[Row], pen: Pen) -> list[str]:
    edges = [_edges(row, pen.style) for row in rows]
    widest = max(start + width for row in edges for start, width in row[-1:])
    out = ["<table>"]
    for n, row in enumerate(rows):
        cells = []
        for cell, (start, width) in zip(row.cells, edges[n], strict=True):
            if cell.covered is not None and _anchored(rows, edges, n, start, width):
                continue
            down = _depth(rows, edges, n, start, width)
            across = widest - start if pen.style.spans == "filled" and cell is row.cells[-1] else width
            spans = f' rowspan="{down}"' * (down > 1) + f' colspan="{across}"' * (across > 1)
            cells.append(f"<td{spans}>{pen.cell(cell, markup=True)}</td>")
        out.append(f"<tr>{''.join(cells)}</tr>")
    return [*out, "</table>"]


def _covered_at(row: Row, edges: list[tuple[int, int]], start: int, width: int) -> bool:
    return any(
        cell.covered is not None and edge == (start, width)
        for cell, edge in zip(row.cells, edges, strict=True)
    )


def _anchor_at(
    rows: Sequence[Row], edges: list[list[tuple[int, int]]], n: int, start: int, width: int
) -> bool:
    """A label stands here, or the rest of one that began on the page before."""
    return any(
        edge == (start, width) and (cell.closed if cell.covered is None else n == 0)
        for cell, edge in zip(rows[n].cells, edges[n], strict=True)
    )


def _anchored(
    rows: Sequence[Row], edges: list[list[tuple[int, int]]], n: int, start: int, width: int
) -> bool:
    """Some row above on this page holds the cell that reaches down here."""
    while n > 0 and _covered_at(rows[n], edges[n], start, width):
        n -= 1
        if _anchor_at(rows, edges, n, start, width):
            return True
    return False


def _depth(rows: Sequence[Row], edges: list[list[tuple[int, int]]], n: int, start: int, width: int) -> int:
    """How many rows a cell spans: its own and the covered ones right below."""
    depth = 1
    if not _anchor_at(rows, edges, n, start, width):
        return depth
    while n + depth < len(rows) and _covered_at(rows[n + depth], edges[n + depth], start, width):
        depth += 1
    return depth


def to_pipe(rows: Sequence[Row], style: Style, rng: Random) -> str:
    """Markdown pipe tables, one a page; its first row is taken for the header."""
    pen, out = Pen(style, rng), [""]
    for table, run in _pages(rows):
        if not table:
            out += [
                line for row in run for line in ([] if row.part == "list-line" else [""]) + [pen.line(row)]
            ]
            out.append("")
            continue
        grid = [
            [
                pen.cell(cell, markup=True).replace("|", "\\|") if k == 0 else ""
                for cell in row.cells
                for k in range(cell.span if style.padded else 1)
            ]
            for row in run
        ]
        widest = max(map(len, grid))
        lines = ["| " + " | ".join(row + [""] * (widest - len(row))) + " |" for row in grid]
        out += [lines[0], "|" + " --- |" * widest, *lines[1:], ""]
    return "\n".join(out) + "\n"


RENDERERS: dict[str, Callable[[Sequence[Row], Style, Random], str]] = {
    "tab": to_tab_text,
    "html": to_html,
    "pipe": to_pipe,
}


# --- all together ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Damaged:
    """A damaged form: its text, the truth it stands for, and the faults done to it."""

    text: str
    truth: Json
    faults: list[list[str | None]]


def damage(truth: Json, seed: int | str, level: Level = "ocr", format: Format | None = None) -> Damaged:
    """Print a declaration, damage it at a level and write it down as text.

    The faults and the style depend on ``seed`` and ``level`` only.
    """
    rng = Random(f"damage {level} {seed}")
    truth = copy.deepcopy(truth)
    style = random_style(rng)
    if level == "none":
        style = replace(style, label_at=0)
    sheet = Sheet(truth_to_paper(truth, style), truth, style, rng)
    strength = rng.choice((0.4, 0.7, 1.0, 1.0, 1.3, 1.8))
    for name, fault in FAULTS.items():
        rate = LEVELS[level].get(name, 0.0)
        fault(sheet, rate if name in ONCE else rate * strength)
    written = format or ("html" if level == "html" else "tab")
    return Damaged(RENDERERS[written](sheet.rows, style, rng), truth, sheet.faults)


def write_form(directory: Path, seed: int, level: Level, format: Format | None, layout: Layout) -> None:
    """Write one form, its truth and its faults as formNNNN-LEVEL.*."""
    form = damage(declare(seed, layout), seed, level, format)
    suffix = "html" if (format or level) == "html" else "md"
    name = f"form{seed:04}-{level}"
    (directory / f"{name}.{suffix}").write_text(form.text, encoding="utf-8")
    for kind, data in (("truth", form.truth), ("faults", form.faults)):
        text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
        (directory / f"{name}.{kind}.json").write_text(text, encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.damage",
        description="Write made-up, damaged declaration forms with their truth.",
        epilog="Example: python -m tests.damage --level ocr --seeds 1:200 -o /tmp/forms/ocr. "
        "Each form is three files: formNNNN-LEVEL.md (or .html), .truth.json (what the paper says) and "
        ".faults.json (a list of [fault, before, after]). The same seed gives the same bytes.",
    )
    parser.add_argument(
        "--level", choices=sorted(LEVELS), default="ocr", help="how much damage (default: ocr)"
    )
    parser.add_argument("--seeds", default="1:20", help="FIRST:LAST, both included (default: 1:20)")
    parser.add_argument("--format", choices=sorted(RENDERERS), help="default: html for level html, else tab")
    parser.add_argument(
        "--layout", choices=("hubei-2025", "hubei-2021"), default="hubei-2025", help="which year's form"
    )
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="DIR", help="where to write the files"
    )
    options = parser.parse_args(arguments)
    first, _, last = options.seeds.partition(":")
    options.output.mkdir(parents=True, exist_ok=True)
    for seed in range(int(first), int(last or first) + 1):
        write_form(options.output, seed, options.level, options.format, options.layout)


if __name__ == "__main__":
    main()
