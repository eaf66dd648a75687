"""Where a picture hesitates, the character that makes words is taken; nothing else is touched."""

from __future__ import annotations

from models.posteriors import join
from normalize.channel.rereading import likelier_words, reread
from tests.pictured import line


def test_the_character_that_makes_a_word_is_taken() -> None:
    picture = line("执法人员劳务及检酬", {8: {"测": 0.3}})
    assert reread(picture, "执法人员劳务及检酬") == "执法人员劳务及检测"


def test_a_clear_character_stays_however_strange() -> None:
    assert reread(line("执法人员劳务及检酬"), "执法人员劳务及检酬") == "执法人员劳务及检酬"


def test_a_character_that_the_picture_hardly_shows_is_not_taken() -> None:
    picture = line("检酬", {1: {"测": 0.01, "另": 0.2}})
    assert reread(picture, "检酬") == "检酬"


def test_figures_are_not_language() -> None:
    assert reread(line("2030年", {2: {"8": 0.45}}), "2030年") == "2030年"


def test_line_breaks_and_blanks_stay_where_they_were() -> None:
    picture = join([line("1、检酬", {3: {"测": 0.4}}), line("2、养护")])
    assert reread(picture, "1、检酬\n2、养护") == "1、检测\n2、养护"


def test_a_text_that_is_not_the_pictures_stays() -> None:
    assert reread(line("检酬", {1: {"测": 0.4}}), "一段别的话") == "一段别的话"


def test_a_text_that_goes_on_where_its_picture_ends_stays() -> None:
    half = line("下一年度预算", {1: {"步": 0.4}})
    assert reread(half, "下一年度预算安排的重要依据") == "下一年度预算安排的重要依据"


def test_a_place_at_which_the_picture_hesitates_and_another_character_makes_a_word_is_told() -> None:
    picture = line("听力、技体、智力", {3: {"肢": 0.013}})
    assert likelier_words(picture, "听力、技体、智力") == (("技体", "肢体"),)


def test_what_makes_words_as_it_was_read_is_not() -> None:
    picture = line("人工影响大气作业", {4: {"天": 0.013}})
    assert likelier_words(picture, "人工影响大气作业") == ()


def test_a_broken_word_that_the_picture_does_not_hesitate_about_is_not() -> None:
    assert likelier_words(line("听力、技体、智力"), "听力、技体、智力") == ()
