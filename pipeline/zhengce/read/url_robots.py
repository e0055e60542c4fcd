"""The door of protego: what a site's robots.txt lets programs fetch, by RFC 9309."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from zhengce.exchange import Exchange, Unfetched

if TYPE_CHECKING:
    import httpx
    from protego import Protego

__all__ = ["MOST_BYTES", "Robots"]

MOST_BYTES = 500 * 1024  # RFC 9309, 2.5: the least that has to be read
OF_HOST = ("PrivateAddress", "UnknownHost", "Tls")  # would be the same for the document
TOKEN = "zhengce"  # what a robots.txt calls this program


class Robots:
    """The rules of every site that was asked, for one run."""

    def __init__(self, ask: Callable[[httpx.URL], tuple[Exchange, bytes]], slow: Callable[[str, float], None]) -> None:
        """`ask` gets an answer or raises Unfetched; `slow` is told the delay in seconds that a host wishes."""
        self._ask, self._slow = ask, slow
        self._rules: dict[str, Protego | Unfetched | None] = {}

    def check(self, url: httpx.URL) -> None:
        """Raises Unfetched where the site forbids the address, or would not say (no answer, 5xx, 429)."""
        site = url.copy_with(raw_path=b"/robots.txt")
        if str(site) not in self._rules:
            self._rules[str(site)] = self._read(site)
        rules = self._rules[str(site)]
        if isinstance(rules, Unfetched):
            raise Unfetched(rules.reason, rules.message)
        if rules is not None and not rules.can_fetch(str(url), TOKEN):
            raise Unfetched("Robots", f"{site} forbids it")

    def _read(self, site: httpx.URL) -> Protego | Unfetched | None:
        from protego import Protego

        try:
            answer, text = self._ask(site)
        except Unfetched as error:
            if error.reason == "Redirects":  # RFC 9309, 2.3.1.2: as if there were none
                return None
            reason = error.reason if error.reason in OF_HOST else "Robots"
            return Unfetched(reason, f"{site} could not be read, so nothing is fetched there: {error.message}")
        if answer.status != 200:
            return None
        rules = Protego.parse(text.decode("utf-8-sig", "replace"))
        if delay := rules.crawl_delay(TOKEN):
            self._slow(site.host, delay)
        return rules
