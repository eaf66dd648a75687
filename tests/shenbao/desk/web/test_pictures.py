from __future__ import annotations

import io

from fastapi.testclient import TestClient
from PIL import Image

from models.submission import Submission

PHONE = "/phone"


def picture(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def test_a_page_is_drawn_as_dense_as_it_was_read(browser: TestClient, fax: Submission) -> None:
    answer = browser.get(f"/page/{fax.source.sha256}/1.jpg")
    assert answer.headers["content-type"] == "image/jpeg"
    assert max(picture(answer.content).size) > 1500


def test_a_field_is_cut_out_of_its_page(browser: TestClient, fax: Submission) -> None:
    seen = fax.forms[0].evidence[PHONE]
    assert seen.bbox
    answer = browser.get(f"/cell/{fax.source.sha256}/0.jpg", params={"path": PHONE})
    wide, high = picture(answer.content).size
    assert abs(wide - (seen.bbox[2] - seen.bbox[0] + 8) * 200 / 72) < 4
    assert abs(high - (seen.bbox[3] - seen.bbox[1] + 8) * 200 / 72) < 4


def test_a_page_that_is_not_there_is_said(browser: TestClient, fax: Submission) -> None:
    answer = browser.get(f"/page/{fax.source.sha256}/99.jpg")
    assert answer.status_code == 404
    assert "画不出来" in answer.text


def test_a_path_trick_finds_no_file(browser: TestClient) -> None:
    assert browser.get("/page/..%2F..%2Fetc/1.jpg").status_code in (404, 422)
    assert browser.get("/static/..%2F..%2Fapp.py").status_code == 404
