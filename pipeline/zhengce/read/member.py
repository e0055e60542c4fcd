"""What a container holds: one member, and how much of a container may be unpacked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath

from zhengce.errors import TooLarge, UnreadableFile
from zhengce.read.encoding import decode
from zhengce.read.file import LIMIT, MEBIBYTE

__all__ = ["Budget", "Member", "Skip", "over_limit", "plain", "spelled", "too_large"]

Skip = Callable[[str], bool]

MOST_MEMBERS = 200_000
MOST_BYTES = 32_768 * MEBIBYTE
RATIO, FREE = 200, 256 * MEBIBYTE  # how many times its size a container may unpack to, once it is beyond `FREE`


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A file in a container: its bytes, or `error` where there are none; `size` in bytes where it was not unpacked."""

    name: str
    data: bytes = b""
    size: int = 0
    error: UnreadableFile | None = None


@dataclass(slots=True, kw_only=True)
class Budget:
    """What is left to unpack of a container of `packed` bytes, containers in it included."""

    packed: int
    count: int = 0
    unpacked: int = 0

    def take(self, name: str, size: int) -> None:
        """Account for a member; raises TooLarge, in the name of the container, where it is too much."""
        self.count += 1
        self.unpacked += size
        if self.count > MOST_MEMBERS:
            raise TooLarge(name, f"holds more than {MOST_MEMBERS:,} files: unpack it and read its folders")
        if self.unpacked > MOST_BYTES or (self.unpacked > FREE and self.unpacked > RATIO * self.packed):
            size = self.unpacked // MEBIBYTE
            raise TooLarge(
                name, f"unpacks to more than {size:,} MiB, here it was stopped: unpack it and look what it is"
            )


def over_limit(name: str, size: int) -> TooLarge:
    """The refusal of a file beyond the limit, before it is loaded."""
    reason = f"the file has {size / MEBIBYTE:,.1f} MiB, more than the limit of {LIMIT / MEBIBYTE:,.1f} MiB"
    return TooLarge(name, reason)


def too_large(name: str, size: int) -> Member:
    """A member beyond the limit of a file, which is not unpacked."""
    return Member(name=name, size=size, error=over_limit(name, size))


def plain(name: str) -> str:
    """The path of a member without what leads out of the container.

    >>> plain(r"..\\附件\\名单.docx"), plain("/a/./b.txt")
    ('附件/名单.docx', 'a/b.txt')
    """
    parts = [part for part in PurePosixPath(name.replace("\\", "/")).parts if part not in ("/", ".", "..")]
    return "/".join(parts) or "unnamed"


def spelled(names: list[bytes]) -> list[str]:
    """Names as they were spelled: the encoding is not stated, all of them together say which it is.

    >>> spelled(["关于就业补贴的通知.docx".encode("gbk"), "名单.txt".encode("gbk")])
    ['关于就业补贴的通知.docx', '名单.txt']
    """
    _, encoding, _ = decode(b"\n".join(names))
    return [name.decode(encoding, "replace") for name in names]
