"""Which addresses may be asked: web addresses only, and only of hosts that are public."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote

from zhengce.exchange import Unfetched

if TYPE_CHECKING:
    import httpx

__all__ = ["Resolve", "checked", "is_public", "joined", "public_ips", "resolved"]

Resolve = Callable[[str, int], Sequence[str]]

# what the standard library calls global, or did in Python 3.11, and what leads somewhere else or nowhere
UNUSABLE_V4 = tuple(map(ipaddress.IPv4Network, ("192.0.0.0/24", "192.88.99.0/24")))
UNICAST_V6 = ipaddress.IPv6Network("2000::/3")
UNUSABLE_V6 = tuple(map(ipaddress.IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: the last four bytes are an IPv4 address


def checked(address: str) -> httpx.URL:
    """The address as it is asked for: host in ASCII, path and query percent-encoded, no fragment.

    It is read by what will send it, so that the two cannot differ about the host. Raises Unfetched.

    >>> str(checked("http://政策.example/就业 通知.html#第一章"))
    'http://xn--5bvr50c.example/%E5%B0%B1%E4%B8%9A%20%E9%80%9A%E7%9F%A5.html'
    """
    import httpx

    try:
        url = httpx.URL(address.strip()).copy_with(fragment=None)
        host = url.host  # read here, as one in punycode may be none
    except (httpx.InvalidURL, ValueError) as error:  # ValueError: a host that has no IDNA
        raise Unfetched("BadAddress", f"not an address: {error}") from error
    if url.scheme not in ("http", "https") or not host:
        raise Unfetched("BadAddress", "not a web address: it begins with http:// or https:// and names a host")
    if url.userinfo:
        raise Unfetched("BadAddress", "an address with a user name or password in it is not asked")
    if url.port is not None and not 0 < url.port < 65536:
        raise Unfetched("BadAddress", f"no such port: {url.port}")
    return url


def joined(url: httpx.URL, location: bytes) -> httpx.URL:
    """Where a header Location leads from `url`; bytes that are no UTF-8 stay as they are. Raises Unfetched."""
    import httpx

    try:
        text = location.decode("utf-8")
    except UnicodeDecodeError:
        text = quote(location, safe="".join(map(chr, range(0x21, 0x7F))))
    try:
        return checked(str(url.join(text)))
    except (httpx.InvalidURL, ValueError) as error:
        raise Unfetched("BadAddress", f"redirected to {text[:200]!r}: {error}") from error
    except Unfetched as error:
        raise Unfetched("BadAddress", f"redirected to {text[:200]!r}: {error.message}") from error


def is_public(ip: str) -> bool:
    """Whether an IP address is of a host on the public Internet, also as it is written inside one of IPv6.

    >>> is_public("8.8.8.8"), is_public("100.64.0.1"), is_public("::ffff:10.0.0.1"), is_public("64:ff9b::7f00:1")
    (True, False, False, False)
    """
    read = ipaddress.ip_address(ip)
    if isinstance(read, ipaddress.IPv6Address):
        if read.ipv4_mapped is not None:
            return is_public(str(read.ipv4_mapped))
        if read in NAT64:
            return is_public(str(ipaddress.IPv4Address(int(read) & 0xFFFFFFFF)))
        return read in UNICAST_V6 and read.is_global and not any(read in network for network in UNUSABLE_V6)
    return read.is_global and not read.is_multicast and not any(read in network for network in UNUSABLE_V4)


def resolved(host: str, port: int) -> list[str]:
    """The IP addresses of a host, by the system; raises OSError or UnicodeError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def public_ips(host: str, port: int, *, resolve: Resolve = resolved, allow_private: bool = False) -> Sequence[str]:
    """The IP addresses of a host, to be connected to as they are; raises Unfetched where a single one is not public."""
    try:
        ips = resolve(host, port)
    except (OSError, UnicodeError) as error:  # UnicodeError: a label that is too long
        again = isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN
        raise Unfetched("UnknownHost", f"no IP address for {host}: {error}", again=again) from error
    private = [] if allow_private else [ip for ip in ips if not is_public(ip)]
    if private:
        reason = f"{host} is {private[0]}, which is not on the public Internet (--allow-private lets it be asked)"
        raise Unfetched("PrivateAddress", reason)
    return ips
