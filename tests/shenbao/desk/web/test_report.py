from __future__ import annotations

from fastapi.testclient import TestClient

from shenbao.desk.desk import Desk
from shenbao.desk.queue.opened import Reply
from shenbao.desk.queue.queue import Filter
from shenbao.desk.queue.rules import DeskRules
from shenbao.desk.queue.second import SecondRule


def test_a_season_without_samples_says_how_to_draw_them(browser: TestClient) -> None:
    page = browser.get("/report").text
    assert "--sample 20" in page
    assert "--second" in page


def test_the_rate_is_said_with_its_interval_and_with_what_was_not_answered(
    browser: TestClient, desk: Desk
) -> None:
    desk.rules = DeskRules(samples_a_week=5, seed="s")
    browser.get("/")
    first, second = [one for one in desk.fields(Filter()) if one.is_sample][:2]
    desk.decide(
        [Reply(first.address, "accept", None, 0, "李"), Reply(second.address, "blank", None, 0, "李")]
    )
    page = browser.get("/report").text
    assert "50.00%（1.26%–98.74%）" in page
    assert "3 处尚未复核" in page
    assert "Clopper" in page


def test_what_two_persons_said_is_counted_and_the_page_of_the_form_does_not_tell(
    browser: TestClient, desk: Desk
) -> None:
    desk.rules = DeskRules(SecondRule(share=1.0))
    one = desk.fields(Filter())[0]
    desk.decide([Reply(one.address, "edit", "独一无二的答案", 0, "王")])
    assert "独一无二的答案" not in browser.get(f"/submission/{one.address.sha256}").text
    assert "1 处待他人复看" in browser.get("/report").text
    desk.decide([Reply(one.address, "blank", None, 1, "李复核")])
    assert "两人看过 1 处：0 处一致" in browser.get("/report").text
    assert "独一无二的答案" in browser.get(f"/submission/{one.address.sha256}").text
