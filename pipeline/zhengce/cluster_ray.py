"""A Ray cluster."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Future
from logging import ERROR
from typing import Any

from zhengce.errors import BadUsage

__all__ = ["HERE", "RayCluster"]

HERE = "ray://auto"


class RayCluster:
    """The Ray cluster at `ray://host:port`, or, at `ray://auto`, the one that this machine is a node of.

    Raises BadUsage where ray is missing or the cluster cannot be reached.
    """

    def __init__(self, address: str) -> None:
        os.environ["RAY_USAGE_STATS_ENABLED"] = "0"  # before the import: nothing is told to anybody
        try:
            import ray
        except ImportError as error:
            raise BadUsage('a Ray cluster needs the extra ray: pip install "zhengce[ray]"') from error
        self.address = address
        self._remote: dict[Callable[..., Any], Any] = {}
        try:
            ray.init(address="auto" if address == HERE else address, logging_level=ERROR, log_to_driver=False)
        except (OSError, RuntimeError, ValueError, AssertionError) as error:  # not there, or another version of ray
            raise BadUsage(f"the cluster {address} cannot be reached: {error}") from error

    def cores(self) -> int:
        """How many shards can be read at once now."""
        import ray

        return int(ray.cluster_resources().get("CPU", 0))

    def submit(self, function: Callable[..., Any], /, *args: object) -> Future[Any]:
        """Run a function of an installed module on a worker, once; a lost worker is an exception of the future."""
        import ray

        if function not in self._remote:
            self._remote[function] = ray.remote(max_retries=0)(function)
        future: Future[Any] = self._remote[function].remote(*args).future()
        return future

    def close(self) -> None:
        """Leave the cluster, which ends what runs there for us."""
        import ray

        ray.shutdown()
