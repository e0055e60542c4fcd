"""Whether a page is one that zhengce wrote: it names its generator."""

from __future__ import annotations

from pathlib import Path

__all__ = ["is_own_page"]

GENERATOR = b'<meta name="generator" content="zhengce '
HEAD = 2000  # bytes in which it stands


def is_own_page(path: Path) -> bool:
    """Whether the HTML file at `path` is a page of a report or a comparison. Raises OSError."""
    with path.open("rb") as file:
        return GENERATOR in file.read(HEAD)
