"""The folder that a command writes to."""

from __future__ import annotations

from pathlib import Path

from zhengce.cli.messages import Say
from zhengce.errors import BadUsage

__all__ = ["check_folder"]


def check_folder(out: Path | None, say: Say) -> None:
    """Raises BadUsage where `out` is there and no folder; none given is for the command to judge."""
    if out is not None and out.exists() and not out.is_dir():
        raise BadUsage(say("out_is_file", out=out))
