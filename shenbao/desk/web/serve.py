"""The server: bound first, so that its address can be said when it answers; ended without losing an answer."""

from __future__ import annotations

import gc
import socket
from collections.abc import Callable

import uvicorn
from fastapi import FastAPI

_BACKLOG = 128
_GRACE_SECONDS = 5
_ALLOCATIONS = 100_000
"""Objects after which Python looks for circles: results have none, and at the usual 700 half of opening one was that search."""


def bound_socket(host: str, port: int) -> socket.socket:
    """A socket that listens at the address; port 0 takes one that is free. Raises `OSError`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
        bound.listen(_BACKLOG)
    except OSError:
        bound.close()
        raise
    return bound


class _Server(uvicorn.Server):
    """A server that tells when it answers."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        gc.collect()
        gc.freeze()
        gc.set_threshold(_ALLOCATIONS)
        self._ready()


def run_server(app: FastAPI, bound: socket.socket, ready: Callable[[], None]) -> None:
    """Reply until the process is asked to end; `ready` is called when the first request can come."""
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_GRACE_SECONDS,
        ws="none",
    )
    _Server(config, ready).run([bound])
