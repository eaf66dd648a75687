"""Values as Excel shows them under a number format."""

from __future__ import annotations

import pytest

from extract.office.formats.shown import displayed

NOON = 45952.586909722224
"""22 October 2025, 14:05:09."""


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (4516.02, "General", "4516.02"),
        (3268.3999999999996, "General", "3268.4"),
        (0.1 + 0.2, "General", "0.3"),
        (1234567.8901234, "General", "1234567.89"),
        (13912345678, "General", "13912345678"),
        (123456789012, "General", "1.23457E+11"),
        (0.0000123456789, "General", "1.23457E-05"),
        (0.00001, "General", "0.00001"),
        (1e20, "General", "1E+20"),
        (-0.5, "General", "-0.5"),
        (0, "General", "0"),
        (12.5, "G/通用格式", "12.5"),
        (2026, 'General"年"', "2026年"),
        (-7, "General;General", "7"),
    ],
)
def test_general(value: float, code: str, shown: str) -> None:
    assert displayed(value, code) == shown


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (0.5, "0", "1"),
        (2.675, "0.00", "2.68"),
        (1.005, "0.00", "1.01"),
        (4421.4, "0.00", "4421.40"),
        (-0.4, "0", "-0"),
        (1234567.5, "#,##0.00", "1,234,567.50"),
        (0, "#,###", ""),
        (5, "#.##", "5."),
        (0.5, "#.##", ".5"),
        (1.5, "0.##", "1.5"),
        (5, "0.0#", "5.0"),
        (5, "0#", "05"),
        (0, "0#", "0"),
        (1234.5, ".00", "1234.50"),
        (7, "000", "007"),
        (7147322150, "0000-0000000", "0714-7322150"),
        (13871234567, "000 0000 0000", "138 7123 4567"),
        (12345678, '0.00,"千元"', "12345.68千元"),
        (45160200, "#,##0.00,,", "45.16"),
        (123456, "#,##0,", "123"),
        (30, '"≥"0"公里"', "≥30公里"),
        (3, "第0季度", "第3季度"),
        (98, "0\\%", "98%"),
        (1, "0%", "100%"),
        (0.9524, "0.00%", "95.24%"),
        (0.285, "0%", "29%"),
        (0.05, "0.0‰", "0.1‰"),
        (8.5, "[$¥-804]#,##0.00", "¥8.50"),
        (8.5, "[Red]0.0", "8.5"),
        (8.5, "[红色]0.0", "8.5"),
        (98, "0_%", "98"),
    ],
)
def test_places_of_digits(value: float, code: str, shown: str) -> None:
    assert displayed(value, code) == shown


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (45160200, "0!.0000", "4516.0200"),
        (123456, '0!.0,"万"', "12.3万"),
        (45160200, "0\\.0,", "4516.0"),
        (45160200, "0!.00,,", "0.45"),
        (45160200, "0.00,,\n%", "4516.02"),
    ],
)
def test_yuan_shown_in_ten_thousands(value: float, code: str, shown: str) -> None:
    assert displayed(value, code) == shown


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (12345.5, "#,##0_);(#,##0)", "12,346"),
        (-12345.4, "#,##0_);(#,##0)", "(12,345)"),
        (-3.2, "0.0", "-3.2"),
        (-5, '0;"负"0', "负5"),
        (-5, "0;;", ""),
        (-1234.5, "#,##0.00;[Red]#,##0.00", "1,234.50"),
        (0, "0.00;-0.00;;@", ""),
        (0, '0;-0;"—"', "—"),
        (0, '"是";;"否"', "否"),
        (5, ";;;", ""),
        (5, "[>=3]0.0;0", "5.0"),
        (92, '[>=90]"≥90%";0.00"%"', "≥90%"),
        (88.5, '[>=90]"≥90%";0.00"%"', "88.50%"),
        (12, '[>=1000]0.0,"千";0', "12"),
        (1, '[=1]"是";[=0]"否";0', "是"),
        (7, '[=1]"是";[=0]"否";0', "7"),
        (-5, '[>=100]"大"0;[<0]"负"0;"中"0', "负5"),
        (60, '[<60]"不合格";"合格"', "合格"),
        (5, '[=1]"是"', "5"),
    ],
)
def test_sections_and_conditions(value: float, code: str, shown: str) -> None:
    assert displayed(value, code) == shown


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (0.5, "# ?/?", "1/2"),
        (1.5, "# ?/?", "1 1/2"),
        (0.3333, "# ??/??", "1/3"),
        (2.25, "?/?", "9/4"),
        (0.5, "# ?/8", "4/8"),
        (0.999, "# ?/8", "1"),
        (0, "# ?/?", "0"),
        (12345, "0.00E+00", "1.23E+04"),
        (12345.678, "##0.0E+0", "12.3E+3"),
        (999.96, "##0.0E+0", "1.0E+3"),
        (0.00012, "0.0E-0", "1.2E-4"),
        (0, "0.0E+0", "0.0E+0"),
    ],
)
def test_fractions_and_powers(value: float, code: str, shown: str) -> None:
    assert displayed(value, code) == shown


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (123, "[DBNum1][$-804]General", "一百二十三"),
        (123, "[DBNum2][$-804]General", "壹佰贰拾叁"),
        (123, "[DBNum3][$-804]General", "１百２十３"),
        (4516, "[DBNum1][$-804]0", "四五一六"),
        (12.5, "[DBNum1]General", "一十二.五"),
        (NOON, '[DBNum1][$-804]yyyy"年"m"月"d"日"', "二〇二五年十月二十二日"),
    ],
)
def test_numbers_in_chinese(value: float, code: str, shown: str) -> None:
    assert displayed(value, code) == shown


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (NOON, "yyyy-mm-dd", "2025-10-22"),
        (NOON, 'yyyy"年"m"月"d"日";@', "2025年10月22日"),
        (NOON, "yyyy年mm月dd日", "2025年10月22日"),
        (NOON, "[$-F800]dddd, mmmm dd, yyyy", "2025年10月22日"),
        (NOON, "yy/m/d h:mm AM/PM", "25/10/22 2:05 PM"),
        (NOON, '上午/下午h"时"mm"分"', "下午2时05分"),
        (NOON, 'm"月"d"日" aaaa', "10月22日 星期三"),
        (NOON, "[$-804]dddd", "星期三"),
        (NOON, "dddd", "Wednesday"),
        (NOON, "mmm\\-yy", "Oct-25"),
        (NOON, 'e"年"m"月"', "2025年10月"),
        (NOON, '[$-411]ggge"年"m"月"d"日"', "令和7年10月22日"),
        (0.37855, "mm:ss", "05:07"),
        (45952.99999, "h:mm:ss", "23:59:59"),
        (45952.999999, "yyyy/m/d h:mm", "2025/10/23 0:00"),
        (26.05 / 24, "[h]:mm:ss", "26:03:00"),
        (1.2606481481481482, "[mm]:ss", "1815:20"),
        (NOON, "ss.00", "09.00"),
        (0, "yyyy/m/d", "1900/1/0"),
        (60, "yyyy/m/d", "1900/2/29"),
        (61, "yyyy/m/d", "1900/3/1"),
        (-1, "yyyy/m/d", "########"),
    ],
)
def test_dates_and_times(value: float, code: str, shown: str) -> None:
    assert displayed(value, code) == shown


def test_dates_of_1904_begin_four_years_later() -> None:
    assert displayed(44490, "yyyy-mm-dd", epoch_1904=True) == "2025-10-22"


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        ("无", "0.00", "无"),
        ("3", '@"项"', "3项"),
        ("甲", '0;0;0;"【"@"】"', "【甲】"),
        ("甲", ";;;", ""),
        (123, "@", "123"),
        (False, "0.00", "FALSE"),
    ],
)
def test_text_and_truth(value: float | str, code: str, shown: str) -> None:
    assert displayed(value, code) == shown


@pytest.mark.parametrize(
    "code", ["", "[", '"', "\\", "_", "*", ";;;;;;", "0" * 400, "[>x]0", "E+", "/", "0/", "?/0", "."]
)
@pytest.mark.parametrize("value", [0, -1.5, 1e308, 1e-300, "甲", True])
def test_senseless_format_is_survived(value: float | str, code: str) -> None:
    assert isinstance(displayed(value, code), str)
