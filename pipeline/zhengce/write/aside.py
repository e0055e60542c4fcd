"""A folder beside another one, in which what is to take its place is made: until then nothing of it is touched."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from zhengce.write.clear import clearable

__all__ = ["aside"]

LAST = "manifest.json"  # tells that all is there


@contextmanager
def aside(out: Path, books: Sequence[str], keep: Sequence[str]) -> Iterator[Path]:
    """A folder beside `out` with copies of the files `keep`; at the end its files take the places of those in `out`.

    What is no more made is then removed, as `clear` would. When something fails or the program is killed before the
    end, `out` is as it was; a kill while the files are moved leaves each of them old or new. Raises BadUsage for an
    `out` that cannot hold the tables of `books`, before anything is made; OSError where a file cannot be written.
    """
    clearable(out, *books)
    side = out.with_name(f".{out.name}.part")
    shutil.rmtree(side, ignore_errors=True)
    side.mkdir()
    try:
        for name in keep:
            if (out / name).is_file():
                shutil.copyfile(out / name, side / name)
        yield side
        made = sorted(side.iterdir(), key=lambda path: (path.name == LAST, path.name))
        gone = {path.name for path in clearable(out, *books)} - {path.name for path in made}
        for path in made:
            path.replace(out / path.name)
        for name in sorted(gone):
            (out / name).unlink()
    finally:
        shutil.rmtree(side, ignore_errors=True)
