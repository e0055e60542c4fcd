"""Fetching: servers that misbehave, robots.txt, redirects, addresses that must not be asked."""

import datetime
import ipaddress
import ssl
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from email.utils import format_datetime
from pathlib import Path

import pytest

pytest.importorskip("httpx")
pytest.importorskip("protego")
pytest.importorskip("tenacity")

from fetched import HASTY, PUBLIC, Hosts, fetch, log, visit
from misbehaving_server import Act, Site, bomb, dripping, endless, moved, page, raw, serving, silent

from zhengce.exchange import Unfetched
from zhengce.read.url import Fetcher
from zhengce.read.url_body import read_body
from zhengce.read.url_guard import is_public
from zhengce.read.url_network import Network
from zhengce.read.url_pace import LONGEST, Pace

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
GLOBAL = "93.184.216.34"


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


class Clock:
    """Time that passes only where somebody sleeps."""

    def __init__(self) -> None:
        self.time = 1000.0
        self.slept: list[float] = []

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds


@pytest.mark.parametrize(
    ("act", "error", "attempts", "said"),
    [
        (silent, "TimedOut", 2, "timed out"),
        (dripping(OK + b"X-Slow: ", b"x", 0.02), "TimedOut", 1, "not done in"),
        (dripping(OK + b"\r\n", b"x", 0.02), "TimedOut", 1, "not done in"),
        (endless, "TooLarge", 1, "1,048,576"),
        (raw(OK + b"Content-Length: 99999999\r\n\r\n<p>", close=True), "TooLarge", 1, "1,048,576"),
        (page(bomb(80), Content_Encoding="gzip"), "TooLarge", 1, "1,048,576"),
        (page(bomb(1)[:-9], Content_Encoding="gzip"), "Encoding", 2, "breaks off"),
        (page(b"no gzip", Content_Encoding="gzip"), "Encoding", 1, "says it is"),
        (page(b"?", Content_Encoding="gzip, gzip"), "Encoding", 1, "not asked for"),
        (raw(OK + b"Content-Length: 99\r\n\r\n<p>", close=True), "Broken", 2, "99"),
        (raw(OK + b"Content-Length: 9\r\nContent-Length: 5\r\n\r\n<p>", close=True), "Broken", 2, "Content-Length"),
        (raw(OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", close=True), "Broken", 2, "failed"),
        (raw(b"", close=True), "Broken", 2, "disconnected"),
        (raw(b"SSH-2.0-OpenSSH\r\n\r\n", close=True), "Broken", 2, "failed"),
        (raw(OK + b"X: " + b"x" * 200_000 + b"\r\n\r\n", close=True), "Broken", 2, "failed"),
        (page(b"", status="404 Not Found"), "HttpStatus", 1, "HTTP 404 Not Found"),
        (page(b"", status="503 Busy"), "HttpStatus", 2, "HTTP 503 Busy"),
        (page(b"", status="304 Not Modified"), "HttpStatus", 1, "304"),
        (moved("/a"), "Redirects", 1, "more than 5"),
        (moved("file:///etc/passwd"), "BadAddress", 1, "file:///etc/passwd"),
        (moved(b"/b\x01c"), "BadAddress", 1, "redirected to"),
        (moved("http://xn--/"), "BadAddress", 1, "redirected to"),
        (moved("//user:secret@[::1]/"), "BadAddress", 1, "password"),
        (moved("http://[::1"), "BadAddress", 1, "redirected to"),
    ],
)
def test_a_server_that_misbehaves_is_a_line_in_the_log(
    site: Site, tmp_path: Path, act: Act, error: str, attempts: int, said: str
) -> None:
    site.acts = {"/a": [act], "/good": [page(b"good")]}
    manners = replace(HASTY, retries=1, total=0.4 if "not done" in said else 5)
    done = fetch(tmp_path, f"{site.address}/a", f"{site.address}/good", manners=manners)
    bad, good = log(tmp_path)
    assert (bad["error"], bad["attempts"]) == (error, attempts)
    assert said in bad["message"]
    assert bad["length"] is None
    assert good["error"] is None, "the next address is fetched all the same"
    assert (done.fetched, [failure.error for failure in done.failures]) == (1, [error])


def test_the_time_for_a_document_is_for_all_its_tries(site: Site, tmp_path: Path) -> None:
    site.acts = {"/a": [silent]}
    fetch(tmp_path, f"{site.address}/a", manners=replace(HASTY, retries=9, total=0.5))
    assert visit(tmp_path)["message"] == "not done in 0.5 s"
    assert len(site.paths()) < 4


def test_a_bomb_is_not_even_unpacked_in_memory() -> None:
    packed = bomb(100)
    tracemalloc.start()
    with pytest.raises(Unfetched, match="larger"):
        read_body([packed], {"Content-Encoding": "gzip"}, limit=1 << 20)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 16 << 20


def test_a_length_that_is_too_small_ends_the_document_there(site: Site, tmp_path: Path) -> None:
    site.acts = {"/a": [raw(OK + b"Content-Length: 4\r\n\r\n<p>surplus")], "/b": [page(b"whole")]}
    assert fetch(tmp_path, f"{site.address}/a", f"{site.address}/b").failures == ()
    assert [line["bytes"] for line in log(tmp_path)] == [4, 5], "what is over is no part of the next answer"


def test_what_is_asked_again_may_succeed(site: Site, tmp_path: Path) -> None:
    site.acts = {"/a": [page(b"", status="500 Oh"), raw(b"", close=True), page(b"there")]}
    assert fetch(tmp_path, f"{site.address}/a").fetched == 1
    assert (visit(tmp_path)["attempts"], visit(tmp_path)["bytes"]) == (3, 5)


def test_a_host_that_says_when_is_asked_then(site: Site) -> None:
    clock = Clock()
    site.acts = {"/a": [page(b"", status="429 Too Many Requests", Retry_After="7"), page(b"there")]}
    fetcher = Fetcher(HASTY, agent="test", pace=Pace(2.0, now=clock.now, sleep=clock.sleep))
    assert fetcher.fetch(f"{site.address}/a").attempts == 2
    fetcher.close()
    assert clock.slept == [2.0, 7.0], "the delay behind robots.txt, then what the server said"


@pytest.mark.parametrize("told", ["99999", format_datetime(datetime.datetime(2999, 1, 1, tzinfo=datetime.UTC))])
def test_a_host_that_wants_a_long_rest_is_left_alone(site: Site, tmp_path: Path, told: str) -> None:
    site.acts = {"/a": [page(b"", status="503 Busy", Retry_After=told)], "/b": [page(b"b")]}
    fetch(tmp_path, f"{site.address}/a", f"{site.address}/b")
    assert [(line["error"], line["attempts"]) for line in log(tmp_path)] == [("HttpStatus", 1), ("Busy", 0)]
    assert site.paths() == ["/a"]


@pytest.mark.parametrize("told", ["-3", "soon", "", "Mon, 99 Nov 2026 99:99:99 GMT", "٣", "1e9"])
def test_a_retry_after_that_says_nothing_is_none(site: Site, tmp_path: Path, told: str) -> None:
    site.acts = {"/a": [page(b"", status="503 Busy", Retry_After=told), page(b"there")]}
    assert fetch(tmp_path, f"{site.address}/a").fetched == 1


def test_a_pace_is_of_each_host() -> None:
    clock = Clock()
    pace = Pace(2.0, now=clock.now, sleep=clock.sleep)
    for host in ("a", "b", "a"):
        pace.wait(host)
        pace.done(host)
    assert clock.slept == [2.0]
    pace.slow("b", 30.0)
    pace.wait("b")
    assert clock.slept == [2.0, 30.0]
    pace.slow("c", LONGEST + 1)
    with pytest.raises(Unfetched, match="301 s"):
        pace.wait("c")


def test_hosts_that_are_ready_come_before_those_that_are_not(site: Site, tmp_path: Path) -> None:
    hosts = Hosts(site, {"a.example": [GLOBAL], "b.example": [GLOBAL]})
    site.acts = {path: [page(path.encode())] for path in ("/1", "/2")}
    names = [f"http://{host}.example/{number}" for host in "ab" for number in "12"]
    fetch(tmp_path, *names, manners=replace(PUBLIC, delay=0.05), network=hosts.network)
    assert [line["address"] for line in log(tmp_path)] == [names[at] for at in (0, 2, 1, 3)]


ROBOTS = "User-agent: *\nDisallow: /secret\nDisallow: /内部/\nAllow: /secret/open\n\nUser-agent: other\nDisallow: /\n"


@pytest.mark.parametrize(
    ("robots", "path", "error"),
    [
        (page(ROBOTS.encode(), kind="text/plain"), "/secret/a", "Robots"),
        (page(ROBOTS.encode(), kind="text/plain"), "/secret/open", None),
        (page(b"\xef\xbb\xbf" + ROBOTS.encode()), "/%E5%86%85%E9%83%A8/a", "Robots"),
        (page(ROBOTS.encode()), "/a", None),
        (page(b"User-agent: Zhengce\nDisallow: /\n"), "/a", "Robots"),
        (page(b"User-agent: *\nDisallow: /\n" + b"#" * 600_000), "/a", "Robots"),
        (page(bomb(80), Content_Encoding="gzip"), "/a", None),
        (page(b"", status="404 Not Found"), "/a", None),
        (page(b"", status="403 Forbidden"), "/a", None),
        (page(b"", status="500 Oh"), "/a", "Robots"),
        (page(b"", status="429 Too Many Requests"), "/a", "Robots"),
        (silent, "/a", "Robots"),
        (moved("/robots.txt"), "/a", None),
        (moved("/elsewhere"), "/a", "Robots"),
        (moved("ftp://a.example/"), "/a", "Robots"),
    ],
)
def test_robots_txt_is_obeyed(site: Site, tmp_path: Path, robots: Act, path: str, error: str | None) -> None:
    forbids = page(b"User-agent: *\nDisallow: /")
    site.acts = {"/robots.txt": [robots], "/elsewhere": [forbids], path: [page(b"document")]}
    fetch(tmp_path, f"{site.address}{path}", manners=replace(HASTY, retries=1))
    assert visit(tmp_path)["error"] == error
    assert (path in site.paths()) == (error is None)


def test_a_site_that_does_not_answer_for_its_robots_txt_stops_no_other(site: Site, tmp_path: Path) -> None:
    with serving() as other:
        other.acts = {"/robots.txt": [page(b"", status="500 Oh")]}
        site.acts = {"/a": [page(b"a")]}
        fetch(tmp_path, f"{other.address}/a", f"{site.address}/a", f"{other.address}/b")
        assert sorted((line["error"] or "") for line in log(tmp_path)) == ["", "Robots", "Robots"]
        assert other.paths() == []
        assert len(other.asked) == 4, "asked and asked again once for the site, not for every address"


def test_where_a_redirect_leads_robots_txt_is_asked_too(site: Site, tmp_path: Path) -> None:
    site.acts = {"/robots.txt": [page(ROBOTS.encode())], "/a": [moved("/secret/b")], "/secret/b": [page(b"b")]}
    fetch(tmp_path, f"{site.address}/a")
    assert (visit(tmp_path)["error"], visit(tmp_path)["redirects"]) == ("Robots", [f"{site.address}/secret/b"])
    assert site.paths() == ["/a"]


def test_the_delay_that_a_site_wants_is_kept(site: Site) -> None:
    clock = Clock()
    site.acts = {"/robots.txt": [page(b"User-agent: *\nCrawl-delay: 4.5")], "/a": [page(b"a")], "/b": [page(b"b")]}
    fetcher = Fetcher(HASTY, agent="test", pace=Pace(1.0, now=clock.now, sleep=clock.sleep))
    fetcher.fetch(f"{site.address}/a")
    fetcher.fetch(f"{site.address}/b")
    fetcher.close()
    assert clock.slept == [4.5, 4.5]


@pytest.mark.parametrize(
    ("ip", "public"),
    [
        ("8.8.8.8", True), ("2400:3200::1", True), ("64:ff9b::808:808", True), ("::ffff:8.8.8.8", True),
        ("0.0.0.0", False), ("10.0.0.1", False), ("127.0.0.1", False), ("169.254.169.254", False),
        ("172.16.0.1", False), ("192.168.1.1", False), ("100.64.0.1", False), ("192.0.0.8", False),
        ("198.18.0.1", False), ("224.0.0.1", False), ("239.1.2.3", False), ("240.0.0.1", False),
        ("255.255.255.255", False), ("::", False), ("::1", False), ("::127.0.0.1", False), ("fe80::1", False),
        ("fe80::1%eth0", False), ("fc00::1", False), ("fec0::1", False), ("ff02::1", False), ("ff0e::1", False),
        ("::ffff:10.0.0.1", False), ("::ffff:169.254.169.254", False), ("64:ff9b::a00:1", False),
        ("64:ff9b:1::808:808", False), ("2002:7f00:1::", False), ("2001:0:1::1", False), ("2001:db8::1", False),
        ("3fff::1", False),
    ],
)  # fmt: skip
def test_only_public_hosts_are_public(ip: str, public: bool) -> None:
    assert is_public(ip) == public


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1/", "http://2130706433/", "http://0x7f.1/", "http://[::ffff:127.0.0.1]/", "http://localhost/"],
)
def test_this_machine_is_not_asked_however_it_is_written(tmp_path: Path, address: str) -> None:
    fetch(tmp_path, address, manners=PUBLIC)
    assert visit(tmp_path)["error"] in ("PrivateAddress", "UnknownHost")
    assert visit(tmp_path)["attempts"] == 0


@pytest.mark.parametrize("target", ["http://10.0.0.1/", "http://169.254.169.254/latest/", "http://inside.example/"])
def test_a_redirect_to_a_private_host_is_not_followed(site: Site, tmp_path: Path, target: str) -> None:
    hosts = Hosts(site, {"a.example": [GLOBAL], "inside.example": [GLOBAL, "192.168.0.1"]})
    hosts.hosts |= {ip: [ip] for ip in ("10.0.0.1", "169.254.169.254")}
    site.acts = {"/a": [moved(target)]}
    fetch(tmp_path, "http://a.example/a", manners=PUBLIC, network=hosts.network)
    assert (visit(tmp_path)["error"], visit(tmp_path)["redirects"]) == ("PrivateAddress", [target])
    assert set(hosts.dialled) == {GLOBAL}


def test_a_name_that_is_bound_anew_reaches_nothing_private(site: Site, tmp_path: Path) -> None:
    hosts = Hosts(site, {"a.example": [GLOBAL]})
    rebound = hosts.hosts["a.example"]

    def act(request: object) -> None:
        rebound[:] = ["127.0.0.1"]
        raw(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", close=True)(request)  # type: ignore[arg-type]

    site.acts = {"/robots.txt": [act], "/a": [page(b"inside")]}
    fetch(tmp_path, "http://a.example/a", manners=PUBLIC, network=hosts.network)
    assert visit(tmp_path)["error"] == "PrivateAddress"
    assert hosts.dialled == [GLOBAL], "what was looked at is what was connected to, each time"
    assert site.paths() == []


def test_addresses_in_chinese_are_asked_in_ascii(site: Site, tmp_path: Path) -> None:
    hosts = Hosts(site, {"xn--fsqu00a.xn--0zwm56d": [GLOBAL]})
    path = "/%E6%94%BF%E7%AD%96/%E9%80%9A%E7%9F%A5.html?%E9%A2%98=%E5%B0%B1%E4%B8%9A"
    site.acts = {path: [moved("/下一页".encode())], "/%E4%B8%8B%E4%B8%80%E9%A1%B5": [moved("/末页".encode("gbk"))]}
    site.acts |= {"/%C4%A9%D2%B3": [page(b"there")]}
    address = "http://例子.测试/政策/通知.html?题=就业#第一条"
    assert fetch(tmp_path, address, manners=PUBLIC, network=hosts.network).fetched == 1
    assert visit(tmp_path)["address"] == address
    assert visit(tmp_path)["final"] == "http://xn--fsqu00a.xn--0zwm56d/%C4%A9%D2%B3"
    assert hosts.asked[0] == "xn--fsqu00a.xn--0zwm56d"


@pytest.mark.parametrize(
    "address", ["ftp://a.example/", "http://u:p@a.example/", "http:///x", "www.a.example/x", "http://a.example:0/",
                "http://a.example:99999/", "http://xn--/", "http://①.example/", "http://[::1/", "http://" + "a" * 70]
)  # fmt: skip
def test_what_is_no_address_is_not_asked(tmp_path: Path, address: str) -> None:
    fetch(tmp_path, address)
    assert visit(tmp_path)["error"] in ("BadAddress", "UnknownHost")


def test_proxies_of_the_environment_are_passed_over(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(variable, "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    site.acts = {"/a": [page(b"a")]}
    assert fetch(tmp_path, f"{site.address}/a").fetched == 1


def test_a_cookie_serves_the_redirects_of_its_document_only(site: Site, tmp_path: Path) -> None:
    first = raw(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nSet-Cookie: a=b\r\nLocation: /b\r\n\r\n")
    site.acts = {"/a": [first], "/b": [page(b"b")], "/c": [page(b"c")]}
    fetch(tmp_path, f"{site.address}/a", f"{site.address}/c")
    sent = {path: headers.get("Cookie") for path, headers in site.asked}
    assert (sent["/a"], sent["/b"], sent["/c"]) == (None, "a=b", None)


def certified(folder: Path, name: str) -> Path:
    """A certificate that nobody else vouches for, with its key."""
    x509 = pytest.importorskip("cryptography.x509")
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    names = [x509.DNSName(name), x509.IPAddress(ipaddress.ip_address("127.0.0.2"))]
    made = x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(now - datetime.timedelta(1)).not_valid_after(now + datetime.timedelta(1))
    made = made.add_extension(x509.SubjectAlternativeName(names), critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "both.pem").write_bytes(secret + made.sign(key, hashes.SHA256()).public_bytes(pem))
    return folder / "both.pem"


@pytest.mark.parametrize(
    ("host", "trusted", "error"),
    [("a.example", False, "Tls"), ("a.example", True, None), ("b.example", True, "Tls")],
)
def test_certificates_are_looked_at(tmp_path: Path, host: str, trusted: bool, error: str | None) -> None:
    pem = certified(tmp_path, "a.example")
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(pem)
    with serving(server) as site:
        hosts = Hosts(site, {host: [GLOBAL]})
        site.acts = {"/a": [page(b"a")]}
        tls = ssl.create_default_context(cafile=str(pem)) if trusted else None
        network = Network(resolve=hosts.network.resolve, dial=hosts.network.dial, tls=tls)
        fetch(tmp_path / "out", f"https://{host}/a", manners=PUBLIC, network=network)
    assert visit(tmp_path / "out")["error"] == error
    assert hosts.dialled[0] == GLOBAL
