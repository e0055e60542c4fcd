"""What could not be read, told on standard error."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from zhengce.cli.console import warn
from zhengce.cli.messages import Say

if TYPE_CHECKING:
    from zhengce.record import Failure

__all__ = ["tell_failures"]

SHOWN = 20


def tell_failures(failures: Sequence[Failure], say: Say, *, table: Path | None = None) -> None:
    """A line for each failure: the first 20 where a `table` has them all, else every one."""
    shown = failures[:SHOWN] if table else failures
    if shown:
        warn(say("failed"))
    for failure in shown:
        warn(f"  {failure.source}: {failure.message}")
    if more := len(failures) - len(shown):
        warn(f"  {say('failed_more', count=more, table=table)}")
