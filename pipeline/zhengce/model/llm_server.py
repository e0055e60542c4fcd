"""The door of httpx: one question to a server that speaks as OpenAI's does (Ollama, vLLM, llama.cpp, LM Studio …)."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from ipaddress import ip_address
from typing import Any

from zhengce.errors import BadUsage
from zhengce.model.llm_answer import object_in
from zhengce.model.llm_counts import Counts, Refusal

__all__ = ["Server", "can_ask", "is_local"]

RETRIES = 2
LONGEST_WAIT = 30.0  # seconds that a server may tell us to wait before it is asked again
MOST_BYTES = 1_000_000
MOST_TOKENS = 10_000_000  # a larger figure is no count
SLOWEST_CONNECT = 10.0  # seconds
FORMAT = {"response_format": {"type": "json_object"}}


def can_ask() -> bool:
    """Whether the extra `llm` is installed."""
    return find_spec("httpx") is not None


def is_local(address: str) -> bool:
    """Whether an address is of this machine, so that what is sent there leaves it nowhere.

    Raises BadUsage for what is no web address, and for one with a name or password in it.
    """
    import httpx

    try:
        url = httpx.URL(address)  # read by what will send, so that the two cannot differ about the host
    except (httpx.InvalidURL, ValueError) as error:
        raise BadUsage(f"{address!r} is no address of a server ({error})") from error
    if url.scheme not in ("http", "https") or not url.host:
        raise BadUsage(f"{address!r} is no address of a server: it begins with http:// or https://")
    if url.userinfo:
        raise BadUsage("a key does not belong into the address; put it into the environment variable ZHENGCE_LLM_KEY")
    try:
        return ip_address(url.host).is_loopback
    except ValueError:
        return url.host == "localhost"


class Server:
    """A server and the model that it is asked for; not for several threads at once."""

    def __init__(
        self, address: str, model: str, *, key: str | None, timeout: float, pause: float, counts: Counts
    ) -> None:
        """`timeout` is in seconds for each try, `pause` in seconds before the first of at most two more."""
        import httpx

        self._model, self._timeout, self._pause, self._counts = model, timeout, pause, counts
        self._address = address.rstrip("/") + "/chat/completions"
        self._client = httpx.Client(
            headers={"Content-Type": "application/json", "Accept-Encoding": "identity"}
            | ({"Authorization": f"Bearer {key}"} if key else {}),
            timeout=httpx.Timeout(timeout, connect=min(timeout, SLOWEST_CONNECT)),
            follow_redirects=False,  # to an address that nobody allowed
            trust_env=not is_local(address),  # no proxy stands between this machine and itself
        )
        self._formats = True

    def ask(self, messages: Sequence[Mapping[str, str]]) -> str:
        """The answer to a conversation; raises Refusal where there is none.

        It is asked for as a JSON object, and without saying so from the time on that the server takes no such wish.
        """
        request = {"model": self._model, "messages": list(messages), "temperature": 0, "stream": False}
        status, data = self._sent(request | FORMAT if self._formats else request)
        if status in (400, 422) and self._formats:
            status, data = self._sent(request)
            self._formats = status != 200
        if status != 200:
            raise Refusal("refused_by_server", f"HTTP {status}")
        try:
            envelope = object_in(data.decode("utf-8"))
        except UnicodeDecodeError:
            raise Refusal("wrong_json") from None
        self._counts.tokens_in += _tokens(envelope, "prompt_tokens")
        self._counts.tokens_out += _tokens(envelope, "completion_tokens")
        return _content(envelope)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _sent(self, request: Mapping[str, Any]) -> tuple[int, bytes]:
        """Status and body, after at most two more tries where the server is busy or out of order."""
        pause = self._pause
        for left in range(RETRIES, -1, -1):
            status, data, told = self._post(request)
            wait = pause if told is None else told
            if (status != 429 and status < 500) or not left or wait > LONGEST_WAIT:
                break
            time.sleep(wait)
            pause *= 2
        return status, data

    def _post(self, request: Mapping[str, Any]) -> tuple[int, bytes, float | None]:
        import httpx

        self._counts.requests += 1
        ends = time.monotonic() + self._timeout
        body = json.dumps(request).encode("ascii")  # half a surrogate pair in a broken text has no UTF-8
        data = bytearray()
        try:
            with self._client.stream("POST", self._address, content=body) as response:
                if response.status_code != 200:
                    return response.status_code, b"", _told(response.headers.get("Retry-After", ""))
                for piece in response.iter_raw():
                    data += piece
                    if len(data) > MOST_BYTES:
                        raise Refusal("too_long")
                    if time.monotonic() > ends:  # one that trickles never lets a read time out
                        raise Refusal("time_out", f"no whole answer in {self._timeout:g} s")
        except httpx.TimeoutException:
            raise Refusal("time_out", f"no answer in {self._timeout:g} s") from None
        except httpx.HTTPError as error:
            raise Refusal("connection_failed", str(error)) from None
        return 200, bytes(data), None


def _told(header: str) -> float | None:
    """The seconds of a Retry-After; a date there counts as none."""
    return float(header) if header.isascii() and header.isdecimal() and len(header) < 7 else None


def _content(envelope: Mapping[str, Any]) -> str:
    choices = envelope.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices else None
    if not isinstance(choice, dict):
        raise Refusal("wrong_json")
    if choice.get("finish_reason") == "length":
        raise Refusal("truncated")
    if choice.get("finish_reason") == "content_filter":
        raise Refusal("refused_by_server", "content filter")
    message = choice.get("message")
    content = message.get("content") if isinstance(message, dict) else None
    if not isinstance(content, str):
        raise Refusal("wrong_json")
    return content


def _tokens(envelope: Mapping[str, Any], name: str) -> int:
    usage = envelope.get("usage")
    count = usage.get(name) if isinstance(usage, dict) else None
    return count if isinstance(count, int) and 0 < count < MOST_TOKENS and not isinstance(count, bool) else 0
