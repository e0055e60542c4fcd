"""The console: streams that never fail on a character, output into a closed pipe, the progress bar."""

from __future__ import annotations

import errno
import io
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

__all__ = ["emit", "emit_json", "progress", "settle", "warn"]


def settle() -> None:
    """Let standard output and standard error write "?" for what their encoding lacks, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def emit(text: str) -> None:
    """Write to standard output, at once; what reads it may have gone (`zhengce … | head`), and that is no error."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        if error.errno not in (errno.EPIPE, errno.EINVAL):  # EINVAL: a closed pipe on Windows
            raise
        # the interpreter flushes once more at its end, and would complain
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def emit_json(value: object) -> None:
    """Write one JSON object to standard output: readable where the stream is UTF-8, escaped and so whole elsewhere."""
    encoding = (getattr(sys.stdout, "encoding", None) or "ascii").lower().replace("-", "").replace("_", "")
    text = json.dumps(value, ensure_ascii=encoding != "utf8", indent=2)
    emit(text + "\n")


def warn(text: str) -> None:
    """Write a line to standard error."""
    print(text, file=sys.stderr, flush=True)


@contextmanager
def progress(shown: bool, unit: str) -> Iterator[Callable[[int, int, str], None]]:
    """A function for `batch.run` that draws a bar with the time left on standard error, or nothing unless `shown`."""
    if not shown:
        yield lambda done, total, name: None
        return
    from tqdm import tqdm

    with tqdm(ascii=True, file=sys.stderr, unit=unit, dynamic_ncols=True) as bar:

        def draw(done: int, total: int, name: str) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield draw
