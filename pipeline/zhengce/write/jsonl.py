"""JSON lines, one file a table, that grow with the run and survive its end; a table written anew."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TextIO

from zhengce.write.columns import ORIGINS, RECORDS, columns
from zhengce.write.replacing import replacing

__all__ = ["Append", "line", "open_tables", "rewrite"]

ENCODER = json.JSONEncoder(ensure_ascii=False)  # json.dumps would make one a row

# what appends rows, or lines that `line` has made of them
Append = Callable[[Mapping[str, Sequence[Mapping[str, object] | str]]], None]


def line(row: Mapping[str, object]) -> str:
    """A row as it stands in a file of JSON lines."""
    return ENCODER.encode(row) + "\n"


@contextmanager
def open_tables(out: Path, book: str = RECORDS) -> Iterator[Append]:
    """Open one `<table>.jsonl` a table of a book in the folder `out`, anew; give the function that appends rows.

    What is appended in one call is on disk when it returns, and stands in the tables whole or not at all. Raises
    OSError where the folder cannot be written.
    """
    names = (*columns(book), *((ORIGINS,) if book == RECORDS else ()))
    with ExitStack() as stack:
        files = {table: stack.enter_context(_open(out / f"{table}.jsonl")) for table in names}
        yield lambda tables: _append(files, tables)


def rewrite(out: Path, table: str, rows: Iterable[Mapping[str, object]]) -> None:
    """Put `rows` in the place of what `<table>.jsonl` in the folder `out` holds, from which they may be read meanwhile.

    Raises OSError where the file cannot be written, which is then as it was.
    """
    with replacing(out / f"{table}.jsonl") as path, _open(path) as file:
        file.writelines(map(line, rows))


def _open(path: Path) -> TextIO:
    # a lone surrogate has no UTF-8; "?" is as long as it was, so every offset still holds
    return path.open("w", encoding="utf-8", errors="replace", newline="\n")


def _append(files: Mapping[str, TextIO], tables: Mapping[str, Sequence[Mapping[str, object] | str]]) -> None:
    lines = {
        table: "".join(row if isinstance(row, str) else line(row) for row in held)
        for table, held in tables.items() if held
    }  # fmt: skip
    before = {table: files[table].tell() for table in lines}
    try:
        for table, text in lines.items():
            files[table].write(text)
            files[table].flush()
    except BaseException:  # Ctrl-C or a full disk between two tables: half a document must not stay behind
        for table, length in before.items():
            files[table].seek(length)
            files[table].truncate()
        raise
