"""An S3 server and a Ray cluster of several nodes for a test, both on this machine."""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import ray
import s3fs
from moto.server import ThreadedMotoServer
from ray.cluster_utils import Cluster


@contextmanager
def s3(bucket: str) -> Iterator[s3fs.S3FileSystem]:
    """A server with one empty bucket; this process and those it starts use it."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        patch.setenv("AWS_ACCESS_KEY_ID", "test")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "test")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        s3fs.S3FileSystem.clear_instance_cache()
        system = s3fs.S3FileSystem(use_listings_cache=False)
        system.mkdir(bucket)
        yield system
        system.rm(bucket, recursive=True)  # the server's store is the process's, and outlives it
    s3fs.S3FileSystem.clear_instance_cache()
    server.stop()


@contextmanager
def nodes(count: int) -> Iterator[Cluster]:
    """A cluster whose head reads nothing, with `count` nodes of one processor each; this process is its client."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        patch.setenv("RAY_AUTH_MODE", "disabled")  # else a token is left in the home folder
        patch.setenv("PYTHONPATH", os.pathsep.join([str(Path.cwd()), os.environ.get("PYTHONPATH", "")]))
        cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 0, "include_dashboard": False})
        before = signal.getsignal(signal.SIGTERM)
        try:
            for _ in range(count):
                cluster.add_node(num_cpus=1, wait=False)
            cluster.wait_for_nodes()
            ray.init(address=cluster.address, log_to_driver=False, logging_level=logging.ERROR)
            signal.signal(signal.SIGTERM, before)
            yield cluster
        finally:
            ray.shutdown()
            cluster.shutdown()  # type: ignore[no-untyped-call]
