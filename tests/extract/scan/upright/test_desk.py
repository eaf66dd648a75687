"""The desk around a photographed sheet goes; the sheet stays as it is."""

from __future__ import annotations

import cv2
import numpy as np

from extract.scan.upright.desk import without_desk
from tests.scans import form


def test_the_desk_around_a_sheet_is_taken_away_and_shade_on_a_sheet_is_not() -> None:
    sheet = form()
    desk = np.full((1000, 1300, 3), 90, np.uint8)
    desk[150:850, 200:1100] = sheet
    cleared = without_desk(desk)
    assert int(cleared[:130].min()) > 200 and np.array_equal(
        cleared[200:800, 250:1050], sheet[50:650, 50:850]
    )
    shaded = (sheet * np.linspace(1, 0.5, 900)[:, None]).astype(np.uint8)
    assert without_desk(shaded) is shaded and without_desk(sheet) is sheet


def test_a_finger_that_holds_the_sheet_does_not_hide_the_desk() -> None:
    picture = np.full((1000, 1300, 3), 60, np.uint8)
    picture[150:850, 200:1100] = form()
    cv2.ellipse(picture, (190, 500), (70, 45), 20, 0, 360, (120, 150, 210), cv2.FILLED)
    cleared = without_desk(picture)
    assert int(cleared[:130].min()) > 200 and int(cleared[870:].min()) > 200


def test_the_desk_in_the_hollow_side_of_a_curved_sheet_goes_too() -> None:
    picture = np.full((1000, 1300, 3), 40, np.uint8)
    picture[150:850, 200:1100] = form()
    cv2.ellipse(picture, (1115, 500), (35, 300), 0, 0, 360, (40, 40, 40), cv2.FILLED)
    assert int(without_desk(picture)[250:750, 1060:].min()) > 180


def test_beyond_a_sheet_in_the_shade_its_own_shade_goes_on() -> None:
    light = np.linspace(1, 0.4, 900)[None, :, None]
    picture = np.full((1000, 1300, 3), 30, np.uint8)
    picture[150:850, 200:1100] = form() * light
    cleared = without_desk(picture)
    assert abs(int(cleared[500, 1115, 0]) - 0.4 * 250) < 20


def test_a_strip_narrower_than_a_stroke_has_no_desk() -> None:
    strip = np.zeros((200, 2, 3), np.uint8)
    assert without_desk(strip) is strip
