"""How long a host is left alone between two requests."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable

from zhengce.exchange import Unfetched

__all__ = ["LONGEST", "Pace"]

LONGEST = 300.0  # seconds: a host that wants to be left alone for longer is not asked again in this run


class Pace:
    """The time of the next request to each host; not for several threads at once."""

    def __init__(
        self, delay: float, *, now: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        """`delay` is in seconds, from the end of a request to the begin of the next."""
        self._delay, self._now, self._sleep = delay, now, sleep
        self._delays: dict[str, float] = {}
        self._ready: defaultdict[str, float] = defaultdict(lambda: float("-inf"))

    def ready(self, host: str) -> float:
        """When the host may be asked, on the clock of the run; minus infinity for one that was not asked yet."""
        return self._ready[host]

    def wait(self, host: str) -> None:
        """Wait until the host may be asked; raises Unfetched where that is too long."""
        seconds = self._ready[host] - self._now()
        if seconds > LONGEST:
            raise Unfetched("Busy", f"the host is to be left alone for {seconds:,.0f} s: run the command again then")
        if seconds > 0:
            self._sleep(seconds)

    def done(self, host: str) -> None:
        """A request to the host has ended."""
        self.hold(host, self._delays.get(host, self._delay))

    def hold(self, host: str, seconds: float) -> None:
        """Leave the host alone for so many seconds from now, or longer where that was agreed already."""
        self._ready[host] = max(self._ready[host], self._now() + seconds)

    def slow(self, host: str, delay: float) -> None:
        """The host wants at least this delay, in seconds."""
        self._delays[host] = max(delay, self._delays.get(host, self._delay))
        self.hold(host, self._delays[host])
