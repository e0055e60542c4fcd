"""Mails (.eml) and web archives (.mht): the text, and what is attached."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_binary_file, policy
from email.header import decode_header
from email.message import Message
from typing import IO, Any

from zhengce.errors import TooLarge
from zhengce.read.file import LIMIT
from zhengce.read.member import Member, Skip, plain, spelled, too_large

__all__ = ["mail"]

RAW_NAME = re.compile(r"name=\"?([^\";\r\n]+)")
LARGEST = 4 * LIMIT


def mail(file: IO[bytes], name: str, skip: Skip) -> Iterator[Member]:
    """The text of a mail or a saved page (the web page of it, else the plain text), and the files attached to it.

    Pictures that the text shows are left out. Raises TooLarge.
    """
    if file.seek(0, 2) > LARGEST:
        raise TooLarge(name, f"a mail of more than {LARGEST >> 20:,} MiB: save its text and its attachments")
    file.seek(0)
    message = message_from_binary_file(file, policy=policy.default)
    body = message.get_body(preferencelist=("html", "plain"))
    attached = [part for part in _parts(message) if part is not body and not skip(_name(part))]
    if body is not None:
        data = _payload(body)
        if data.strip() or not attached:
            html = body.get_content_type() == "text/html"
            yield Member(name="body.html", data=data) if html else Member(name="body.txt", data=_text(body, data))
    for part in attached:
        data = _payload(part)
        path = _name(part)
        yield Member(name=path, data=data) if len(data) <= LIMIT else too_large(path, len(data))


def _parts(message: Message) -> Iterator[Any]:
    """The parts that are attached: those with a name, but no pictures in the text, and mails that were forwarded."""
    if message.get_content_type() == "message/rfc822":
        yield message
    elif message.is_multipart():
        for part in message.get_payload():
            if isinstance(part, Message):
                yield from _parts(part)
    elif message.get_filename() and not (message.get("Content-ID") and message.get_content_maintype() == "image"):
        yield message


def _payload(part: Any) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        return bytes(inner[0].as_bytes()) if isinstance(inner, list) and inner else b""
    return part.get_payload(decode=True) or b""


def _text(part: Any, data: bytes) -> bytes:
    """Plain text in UTF-8, where the mail states its encoding and that is right: short texts do not show it."""
    try:
        return data.decode(part.get_content_charset() or "utf-8").encode()
    except (LookupError, UnicodeError):
        return data


def _name(part: Any) -> str:
    """What an attachment is called; where it is in GBK and nothing says so, only the raw header shows it."""
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        headers = inner[0].raw_items() if isinstance(inner, list) and inner else ()
        subject = next((value for key, value in headers if key.lower() == "subject"), "mail")
        return plain(_spelled(subject).replace("/", "_")) + ".eml"
    for _, value in part.raw_items():
        raw = RAW_NAME.search(value)
        if raw and any("\udc80" <= mark <= "\udcff" for mark in raw[1]):
            return plain(_spelled(raw[1]))
    return plain(_spelled(part.get_filename() or "unnamed"))


def _spelled(header: str) -> str:
    """A header as it was meant: encoded words decoded, bytes in the encoding that they are in."""
    pieces = []
    for text, charset in decode_header(header):
        raw = text.encode("utf-8", "surrogateescape") if isinstance(text, str) else text
        try:
            pieces.append(raw.decode("gb18030" if charset in ("gb2312", "gbk") else charset or "utf-8"))
        except (LookupError, UnicodeError):
            pieces.append(spelled([raw])[0])
    return " ".join("".join(pieces).split())
