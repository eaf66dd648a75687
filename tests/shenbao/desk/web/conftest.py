"""A browser that knows the token of a desk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from shenbao.bounded.limits import WorkLimits
from shenbao.desk.desk import Desk
from shenbao.desk.folder import open_log
from shenbao.desk.pages.originals import Originals
from shenbao.desk.pages.page_maker import PageMaker
from shenbao.desk.web.app import make_app
from shenbao.desk.web.guard import Guard
from shenbao.desk.web.uploads import Uploads
from tests.places import ROOT

HOST = "127.0.0.1:8000"
TOKEN = "a-token-of-the-test"


@pytest.fixture
def stranger(desk: Desk, out: Path) -> Iterator[TestClient]:
    """A browser that knows the address only."""
    ledger = open_log(out, None)
    guard = Guard(frozenset({HOST}), "李复核", TOKEN)
    maker = PageMaker(out / ".shenbao" / "pages", Originals(desk.folder, ledger, [ROOT / "samples"]))
    uploads = Uploads(out / "uploads", WorkLimits(60, 2**30), desk.load)
    with closing(ledger), closing(maker), closing(uploads):
        yield TestClient(make_app(desk, guard, maker, uploads), base_url=f"http://{HOST}")


@pytest.fixture
def browser(stranger: TestClient) -> TestClient:
    """A browser that opened the address with its token."""
    stranger.get("/", params={"token": TOKEN})
    return stranger
