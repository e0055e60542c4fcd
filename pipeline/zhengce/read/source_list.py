"""Lists of addresses: text, tables, TOML, standard input, or an address itself."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

from zhengce.errors import BadUsage
from zhengce.read.encoding import decode
from zhengce.sheet import read_sheets

__all__ = ["addresses"]

ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
COMMENT = re.compile(r"(?:^|\s)#.*")  # elsewhere # begins the fragment of an address
COLUMNS = frozenset({"url", "address", "网址", "链接"})
HEAD = 10  # rows of a sheet among which the one with the names of the columns is looked for


def addresses(given: Iterable[str], standard_input: Iterable[str] = ()) -> list[str]:
    """The addresses in all that was given, in order; whether they are any good is not looked at here.

    Each is an address, `-` for the lines of `standard_input`, a table (.csv, .tsv, .xlsx) with a column url, address,
    网址 or 链接, a .toml with `[[source]] address = "…"`, or a text with an address a line. Raises BadUsage.

    >>> addresses(["https://www.gov.cn/a.htm", "-"], ["# 省级", "", "https://b.example/#x  # 市"])
    ['https://www.gov.cn/a.htm', 'https://b.example/#x']
    """
    return [address for one in given for address in _read(one, standard_input)]


def _read(given: str, standard_input: Iterable[str]) -> Iterator[str]:
    file = Path(given)
    if given == "-":
        yield from _lines(standard_input)
    elif ADDRESS.match(given):
        yield given
    elif file.suffix.lower() in (".csv", ".tsv", ".xlsx"):
        yield from _table(file)
    else:
        try:
            text, _, _ = decode(file.read_bytes())
        except OSError as error:
            raise BadUsage(f"{file} cannot be read: {error.strerror or error}") from error
        yield from _toml(file, text) if file.suffix.lower() == ".toml" else _lines(text.splitlines())


def _lines(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        if address := COMMENT.sub("", line.strip("\ufeff\0")).strip():
            yield address


def _table(file: Path) -> Iterator[str]:
    found = False
    for _, rows in read_sheets(file):
        cells = [["" if cell is None else str(cell).strip() for cell in row] for row in rows]
        for at, row in enumerate(cells[:HEAD]):
            named = [column for column, cell in enumerate(row) if cell.lower() in COLUMNS]
            if named:
                found = True
                yield from (one[named[0]] for one in cells[at + 1 :] if named[0] < len(one) and one[named[0]])
                break
    if not found:
        raise BadUsage(f"{file} has no column of addresses: call it url, address, 网址 or 链接")


def _toml(file: Path, text: str) -> Iterator[str]:
    try:
        sources = tomllib.loads(text).get("source")
    except tomllib.TOMLDecodeError as error:
        raise BadUsage(f"{file} is no TOML: {error}") from error
    for source in sources if isinstance(sources, list) else [None]:
        address = source.get("address") if isinstance(source, dict) else None
        if not isinstance(address, str):
            raise BadUsage(f'{file}: every source is [[source]] with address = "…"')
        yield address
