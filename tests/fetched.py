"""What the tests of fetching share: a network that is not there, and runs that do not wait."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpcore
from misbehaving_server import Site

from zhengce import fetching
from zhengce.fetching import Fetched
from zhengce.read.url import Manners
from zhengce.read.url_network import Network

HASTY = Manners(delay=0, pause=0.01, read_timeout=0.4, total=5, max_bytes=1 << 20, allow_private=True)
PUBLIC = replace(HASTY, allow_private=False)
NOTICE = "<html><title>{0}</title><body><h1>{0}</h1><p>到2027年底，培训农民工{1}万人，{2}。</p></body></html>"


def notice(title: str = "关于促进就业的通知", number: int = 2) -> str:
    return NOTICE.format(title, number, "各级人力资源和社会保障部门要抓好落实" * 4)


class Hosts:
    """Names that all lead to one server on this machine; `dialled` are the IP addresses that were connected to."""

    def __init__(self, site: Site, hosts: Mapping[str, list[str]]) -> None:
        self.hosts = {name: list(ips) for name, ips in hosts.items()}
        self.asked: list[str] = []
        self.dialled: list[str] = []
        self._site = site
        self.network = Network(resolve=self._resolve, dial=self._dial)

    def _resolve(self, host: str, port: int) -> list[str]:
        self.asked.append(host)
        if host not in self.hosts:
            raise OSError("no such name")
        return self.hosts[host]

    def _dial(self, ip: str, port: int, timeout: float | None) -> Any:
        self.dialled.append(ip)
        return httpcore.SyncBackend().connect_tcp("127.0.0.1", self._site.port, timeout=timeout)


def fetch(folder: Path, *addresses: str, manners: Manners = HASTY, **options: Any) -> Fetched:
    return fetching.run(addresses, folder, manners=manners, **options)


def log(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "fetched.jsonl").read_bytes().splitlines()]


def visit(folder: Path) -> dict[str, Any]:
    """The last line of the log."""
    return log(folder)[-1]
