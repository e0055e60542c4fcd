"""Arguments that several commands take, read from their words."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

from zhengce.cli.messages import Say

__all__ = ["formats", "limit"]


def formats(say: Say, known: Sequence[str]) -> Callable[[str], tuple[str, ...]]:
    """What reads formats parted by commas, each one of the `known`."""

    def read(text: str) -> tuple[str, ...]:
        names = tuple(name.strip().lower() for name in text.split(",") if name.strip())
        for name in names:
            if name not in known:
                raise argparse.ArgumentTypeError(say("bad_format", name=name, known=", ".join(known)))
        return names

    return read


def limit(say: Say) -> Callable[[str], int]:
    """What reads a number of inputs, from 1."""

    def read(text: str) -> int:
        if not text.isdecimal() or int(text) == 0:
            raise argparse.ArgumentTypeError(say("bad_limit", text=text))
        return int(text)

    return read
