"""A Dask cluster."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from zhengce.errors import BadUsage

__all__ = ["DaskCluster"]

PATIENCE = 20  # seconds for the scheduler to answer


class DaskCluster:
    """The Dask cluster whose scheduler is at `dask://host:port`, or at `dask+tls://host:port`, keys as Dask has them.

    Raises BadUsage where distributed is missing or the cluster cannot be reached.
    """

    def __init__(self, address: str) -> None:
        try:
            import dask
            from distributed import Client
        except ImportError as error:
            raise BadUsage('a Dask cluster needs the extra dask: pip install "zhengce[dask]"') from error
        self.address = address
        # a shard holds the bytes of its documents, once; no file of theirs is on the workers
        dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 GiB"})
        scheme, _, place = address.partition("://")
        try:
            self._client = Client(
                f"{'tls' if scheme == 'dask+tls' else 'tcp'}://{place}", timeout=PATIENCE, set_as_default=False
            )
        except (OSError, ValueError, TypeError, RuntimeError) as error:  # not there, no port, no key
            raise BadUsage(f"the cluster {address} cannot be reached: {error}") from error
        self._executor = self._client.get_executor(pure=False)

    def cores(self) -> int:
        """How many shards can be read at once now."""
        if self._client.status != "running":
            raise ConnectionError("the scheduler does not answer")
        return sum(self._client.nthreads().values())

    def submit(self, function: Callable[..., Any], /, *args: object) -> Future[Any]:
        """Run a function of an installed module on a worker; Dask itself tries again where workers are lost."""
        future: Future[Any] = self._executor.submit(function, *args)
        return future

    def close(self) -> None:
        """Leave the cluster, and take back what was not begun."""
        self._executor.shutdown(wait=False)
        self._client.close()
