"""The tables as one DuckDB database, typed and explained."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhengce.errors import BadUsage
from zhengce.version import VERSION
from zhengce.write.columns import BOXES, OBJECTS, RECORDS, Column, columns, sheets
from zhengce.write.exact import DECIMALS, DIGITS, fits_decimal, unfit
from zhengce.write.kind import kinds
from zhengce.write.replacing import replacing
from zhengce.write.stored import stored

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["check_duckdb", "write_duckdb"]

NAME = "zhengce.duckdb"
MADE_BY = "made by zhengce"  # what the file is known by
STORAGE = "v1.0.0"  # the format that every DuckDB since 1.0 reads
# nothing is fetched: what this needs is part of the library
OFFLINE: dict[str, Any] = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
TYPES = {
    "text": "VARCHAR", "integer": "BIGINT", "decimal": f"DECIMAL({DIGITS}, {DECIMALS})", "date": "DATE",
    "boolean": "BOOLEAN", "list": "VARCHAR[]", "spans": "BIGINT[][]",
}  # fmt: skip
ODD = {BOXES: "DOUBLE[][]", OBJECTS: "JSON"}
CODEBOOK = ("table", "column", "type", "label_zh", "label_en", "meaning_zh", "meaning")
LEAST = 1 << 20  # bytes that DuckDB gets for a line, also where all are shorter


def check_duckdb() -> None:
    """Raises BadUsage where duckdb is not installed: said before hours of reading rather than after."""
    try:
        import duckdb  # noqa: F401
    except ImportError as error:
        raise BadUsage('DuckDB needs duckdb: pip install "zhengce[duckdb]"') from error


def write_duckdb(out: Path, books: Sequence[str] = (RECORDS,)) -> None:
    """Write `zhengce.duckdb` with the tables of `books` from the JSON lines in the folder `out`.

    Decimals are DECIMAL(38, 10), of a column with a number that does not fit text; dates DATE, lists VARCHAR[], spans
    BIGINT[][], boxes DOUBLE[][], the parts of a document JSON. Tables and columns have their labels and meanings as
    comments, and the table `codebook` has them as rows. Nothing is fetched. Raises BadUsage where duckdb is not
    installed, OSError where a file cannot be written.
    """
    check_duckdb()
    import duckdb

    with replacing(out / NAME) as path:
        try:
            with duckdb.connect(config=OFFLINE) as database:
                database.execute(f"ATTACH {_quoted(str(path))} AS made (STORAGE_VERSION '{STORAGE}')")
                database.execute("USE made")
                for book in books:
                    for table, table_columns in columns(book).items():
                        _table(database, out, table, table_columns)
                _codebook(database, books)
                database.execute("USE memory")
                database.execute("DETACH made")  # what was written is now in the file, and no log beside it
        except duckdb.IOException as error:
            raise OSError(f"{path}: {error}") from error
        finally:
            path.with_name(f"{path.name}.wal").unlink(missing_ok=True)


def _table(database: DuckDBPyConnection, out: Path, table: str, table_columns: Sequence[Column]) -> None:
    texts = unfit(stored(out, table), table_columns, fits_decimal)
    types = {column.name: _type(column, column.name in texts) for column in table_columns}
    listed = ", ".join(f"{_name(name)} {kind}" for name, kind in types.items())
    database.execute(f"CREATE TABLE {_name(table)} ({listed})")
    source = out / f"{table}.jsonl"
    with source.open("rb") as file:
        longest = max(map(len, file), default=0)
    if longest:
        # a column's type is given and never guessed: an id of digits would else become a number
        given = ", ".join(f"{_quoted(name)}: {_quoted(kind)}" for name, kind in types.items())
        database.execute(
            f"INSERT INTO {_name(table)} SELECT * FROM read_json({_quoted(str(source))}, auto_detect = false,"
            f" format = 'newline_delimited', columns = {{{given}}},"
            f" maximum_object_size = {max(longest, LEAST)})"
        )
    about = {kind.table: f" {kind.meaning}" for kind in kinds()}.get(table, "")
    label = f"{sheets()[table]} " if table in sheets() else ""
    database.execute(f"COMMENT ON TABLE {_name(table)} IS {_quoted(f'{label}{table}.{about}')}")
    for column in table_columns:
        told = f"{column.label}: {column.meaning}"
        database.execute(f"COMMENT ON COLUMN {_name(table)}.{_name(column.name)} IS {_quoted(told)}")


def _codebook(database: DuckDBPyConnection, books: Sequence[str]) -> None:
    rows = [
        (table, column.name, column.type, column.label_zh, column.label_en, column.meaning_zh, column.meaning)
        for book in books
        for table, table_columns in columns(book).items()
        for column in table_columns
    ]
    listed = ", ".join(f"{_name(name)} VARCHAR" for name in CODEBOOK)
    database.execute(f"CREATE TABLE codebook ({listed})")
    database.executemany(f"INSERT INTO codebook VALUES ({', '.join('?' * len(CODEBOOK))})", rows)
    database.execute(f"COMMENT ON TABLE codebook IS {_quoted(f'说明 codebook, {MADE_BY} {VERSION}')}")


def _type(column: Column, as_text: bool) -> str:
    return "VARCHAR" if as_text else ODD.get(column.name, TYPES[column.type])


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
