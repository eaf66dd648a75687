"""A browser that knows the token of a desk."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from shenbao.desk.desk import Desk
from shenbao.desk.web.app import make_app
from shenbao.desk.web.guard import Guard

HOST = "127.0.0.1:8000"
TOKEN = "a-token-of-the-test"


@pytest.fixture
def stranger(desk: Desk) -> TestClient:
    """A browser that knows the address only."""
    guard = Guard(frozenset({HOST}), "李复核", TOKEN)
    return TestClient(make_app(desk, guard), base_url=f"http://{HOST}")


@pytest.fixture
def browser(stranger: TestClient) -> TestClient:
    """A browser that opened the address with its token."""
    stranger.get("/", params={"token": TOKEN})
    return stranger
