"""Who may ask: the token of the address or a named user, from the page's own address only."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from urllib.parse import urlsplit

from starlette.requests import Request

from shenbao.desk.web.users import UserFile

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Nothing comes from another host, and nothing that stands in a page is run: a form's text may be what it wants."""
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class RefusedError(Exception):
    """A request that may not be answered: the status and, in Chinese, why."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status, self.message = status, message


@dataclass(slots=True)
class Guard:
    """The door of the desk. With `token` whoever knows it is `owner`; with `users` one logs in by name and password.

    `hosts` are the addresses under which the desk may be asked, as a browser writes them: a page of another address that
    leads here (DNS rebinding) is refused.
    """

    hosts: frozenset[str]
    owner: str
    token: str | None = None
    users: UserFile | None = None
    cookie: str = "shenbao"
    _sessions: dict[str, str] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def check_address(self, request: Request) -> None:
        """Raises `RefusedError` for another host's address, or a request that another page made."""
        host = request.headers.get("host", "").lower()
        if host not in self.hosts:
            raise RefusedError(421, "地址不对：请从 shenbao review 给出的地址打开")
        origin = request.headers.get("origin")
        fetched_by = request.headers.get("sec-fetch-site", "same-origin")
        if request.method in _SAFE_METHODS:
            return
        if origin is not None and urlsplit(origin).netloc.lower() != host:
            raise RefusedError(403, "请求来自别的网页，已拒绝")
        if fetched_by not in ("same-origin", "none"):
            raise RefusedError(403, "请求来自别的网页，已拒绝")

    def person(self, request: Request) -> str | None:
        """Who asks, by cookie or by `Authorization: Bearer`; `None` for somebody unknown."""
        kind, _, given = request.headers.get("authorization", "").partition(" ")
        key = given.strip() if kind.lower() == "bearer" else request.cookies.get(self.cookie, "")
        if self.is_token(key):
            return self.owner
        with self._lock:
            return self._sessions.get(key)

    def is_token(self, given: str) -> bool:
        """Whether that is the token of the address."""
        return self.token is not None and secrets.compare_digest(given.encode(), self.token.encode())

    def log_in(self, name: str, password: str) -> str | None:
        """The key of a new session; `None` where name or password is wrong."""
        if self.users is None or not self.users.is_right(name, password):
            return None
        key = secrets.token_urlsafe(32)
        with self._lock:
            self._sessions[key] = name
        return key

    def log_out(self, request: Request) -> None:
        """End the session that the request belongs to."""
        with self._lock:
            self._sessions.pop(request.cookies.get(self.cookie, ""), None)
