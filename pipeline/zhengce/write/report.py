"""A report: the pages of a run as files of a folder, which opens by double click and can be sent as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from zhengce.errors import BadUsage
from zhengce.write.own_page import is_own_page
from zhengce.write.replacing import replacing

__all__ = ["write_report"]


def write_report(
    to: Path, pages: Mapping[str, Callable[[], Iterable[str]]], *,
    on_progress: Callable[[int, int, str], None] = lambda done, total, name: None,
) -> None:  # fmt: skip
    """Write `pages` (a file's name in the folder `to` → what makes its pieces); pages of a former report go.

    Raises BadUsage, before anything is written, where another program's file has the name of a page; OSError.
    """
    old = {path.relative_to(to).as_posix(): path for path in _html(to)}
    for name, path in old.items():
        if name in pages and not is_own_page(path):
            raise BadUsage(f"{path} is no page of zhengce, and is left alone; choose another folder")
    for done, (name, make) in enumerate(pages.items(), start=1):
        (to / name).parent.mkdir(parents=True, exist_ok=True)
        with replacing(to / name) as path, path.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
            file.writelines(make())
        on_progress(done, len(pages), name)
    for name, path in old.items():
        if name not in pages and is_own_page(path):
            path.unlink()


def _html(to: Path) -> Iterator[Path]:
    for folder in (to, to / "documents"):
        if folder.is_dir():
            yield from (path for path in folder.glob("*.html") if path.is_file())
