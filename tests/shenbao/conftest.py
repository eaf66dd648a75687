"""Servers that several tests talk to, each started once. Their packages are loaded when the first test asks."""

# ruff: noqa: PLC0415

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from ray.cluster_utils import Cluster
    from s3fs import S3FileSystem

    from tests.postgres import Server

NODES = 3
"""Nodes of the cluster that read files, with one processor each."""


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """A PostgreSQL server; a test that stops it starts it again."""
    from tests import postgres

    with postgres.postgres_server() as server:
        yield server


@pytest.fixture
def postgres_url(postgres_server: Server) -> Iterator[str]:
    """The URL of a database without tables."""
    import psycopg

    yield postgres_server.url
    with psycopg.connect(postgres_server.url) as database:
        database.execute("DROP TABLE IF EXISTS notes, files, works, forms, decisions")
        database.execute("DROP SCHEMA IF EXISTS shenbao CASCADE")


@pytest.fixture(scope="session")
def s3_server() -> Iterator[S3FileSystem]:
    """An S3 server with the bucket `bucket`."""
    from tests import stores

    with stores.s3("bucket") as system:
        yield system


@pytest.fixture
def s3(s3_server: S3FileSystem) -> S3FileSystem:
    """The S3 server, its bucket empty."""
    for key in s3_server.find("bucket"):
        s3_server.rm_file(key)
    return s3_server


@pytest.fixture(scope="session")
def ray_nodes(s3_server: S3FileSystem) -> Iterator[Cluster]:
    """A Ray cluster of `NODES` nodes that may use the S3 server; the last test that asks for it kills a node."""
    from tests import stores

    with stores.nodes(NODES) as cluster:
        yield cluster
