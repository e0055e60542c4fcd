"""Which files there are behind what was given: folders expanded, each content once, in a stable order."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from zhengce.errors import UnreadableFile
from zhengce.read.container import is_container, members
from zhengce.read.file import LIMIT
from zhengce.read.member import over_limit
from zhengce.record import Failure
from zhengce.write.own_page import is_own_page

__all__ = ["Item", "contents", "failure_of", "plan"]

# what saved web pages and programs keep beside documents; a file given by its own name is read whatever it is called
BESIDE_DOCUMENTS = frozenset({
    ".css", ".js", ".mjs", ".map", ".json", ".jsonl", ".csv", ".tsv", ".xml", ".yml", ".yaml", ".toml", ".ini", ".py",
    ".r", ".do", ".ipynb", ".sqlite", ".sqlite-wal", ".sqlite-shm", ".db", ".log", ".ico", ".svg", ".gif", ".webp",
    ".woff", ".woff2", ".ttf", ".eot", ".mp3", ".mp4", ".exe", ".dll", ".lnk", ".bak", ".tmp",
})  # fmt: skip
ADDRESS = re.compile(r"https?:/", re.IGNORECASE)  # a path has lost the second slash
UNFETCHED = "an address: zhengce fetch ADDRESS -o FOLDER gets it, then give that FOLDER"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One input: its bytes once, however many names they have; `failure` where there are none; `size` in bytes.

    `inside` is which of the files in the container at `path` it is, from 0; None where `path` is the file itself.
    """

    name: str
    path: Path
    size: int = 0
    copies: tuple[str, ...] = ()
    failure: Failure | None = None
    inside: int | None = None
    digest: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A file as found: `parts` is how many parts of its path name it, `given` the path where it was given itself."""

    path: Path
    parts: int
    error: OSError | ValueError | None = None


def plan(inputs: Iterable[str | Path], *, skip: Iterable[Path] = ()) -> list[Item]:
    """The files behind `inputs` (files, or folders with all below them), each content once, in a stable order.

    Left out are the paths in `skip` and, in folders, what is hidden, what an office program leaves while it has a
    file open (`~$…`), pages that zhengce wrote, and what stands beside documents without being one (style sheets,
    scripts, data). A file in a folder is called by its path from there, one given itself by its name; where names
    clash, more comes before.
    A container (archive, mail, web archive) is the files in it, called by its name, a slash and their own.
    What cannot be read is an item with a failure. Raises nothing.
    """
    seen = {_entry(path) for path in skip}
    found = [one for given in inputs for one in _expand(Path(given), seen)]
    items = [_item(one, name) for one, name in zip(found, _names(found), strict=True)]
    return _once([one for item in items for one in _opened(item)])


def _expand(given: Path, seen: set[str]) -> Iterator[_Found]:
    # the parts of an absolute path are what a name may need; the path itself is kept as given, links and all
    path = Path.cwd() / given
    if not os.path.isdir(path):  # noqa: PTH112 (Path.is_dir raises on a loop of links)
        missing = not os.path.lexists(path)
        found = [_Found(path=path, parts=len(given.parts) if missing else 1)]
    else:
        top = len(path.parts)
        found = [replace(one, parts=max(len(one.path.parts) - top, 1)) for one in _walk(path, seen)]
    for one in found:
        if (entry := _entry(one.path)) not in seen:
            seen.add(entry)
            yield one


def _walk(folder: Path, seen: set[str]) -> Iterator[_Found]:
    real = os.path.realpath(folder)
    if real in seen:  # a link that leads back, or a folder given twice
        return
    seen.add(real)
    try:
        with os.scandir(folder) as entries:
            shown = sorted((entry for entry in entries if not _hidden(entry)), key=lambda entry: entry.name)
    except OSError as error:
        yield _Found(path=folder, parts=1, error=error)
        return
    for entry in shown:
        path = folder / entry.name
        if os.path.isdir(path):  # noqa: PTH112
            yield from _walk(path, seen)
        elif not _is_made_here(path):
            yield _Found(path=path, parts=1)


def _is_made_here(path: Path) -> bool:
    """Whether a file in a folder is a page that zhengce wrote about documents: reports are put beside them."""
    try:
        return path.suffix.lower() == ".html" and path.is_file() and is_own_page(path)  # a pipe would never answer
    except OSError:  # told where it is read
        return False


def _hidden(entry: os.DirEntry[str]) -> bool:
    if _beside(entry.name):
        return True
    attributes: int = getattr(entry.stat(follow_symlinks=False), "st_file_attributes", 0)  # Windows only
    return bool(attributes & stat.FILE_ATTRIBUTE_HIDDEN)


def _beside(name: str) -> bool:
    """Whether a file in a folder or in a container is none that is read."""
    parts = name.split("/")
    return (
        any(part.startswith((".", "~$")) or part == "__MACOSX" for part in parts)
        or Path(parts[-1]).suffix.lower() in BESIDE_DOCUMENTS
        or parts[-1].lower() == "desktop.ini"
    )


def _entry(path: Path) -> str:
    """The place of a path in its folder, the same however one comes there; a link is not what it leads to."""
    return os.path.normcase(os.path.join(os.path.realpath(path.parent), path.name))  # noqa: PTH118


def _names(found: Sequence[_Found]) -> list[str]:
    """A name for each, from the end of its path, longer only where two would be called the same."""
    paths = [Path(os.path.abspath(one.path)).parts for one in found]  # noqa: PTH100 (resolve would follow links)
    lengths = [one.parts for one in found]
    while True:
        names = [Path(*parts[-length:]).as_posix() for parts, length in zip(paths, lengths, strict=True)]
        count = Counter(names)
        clashing = [at for at, name in enumerate(names) if count[name] > 1 and lengths[at] < len(paths[at])]
        if not clashing:
            # file systems allow names that are no Unicode; tables do not
            return [name.encode("utf-8", "backslashreplace").decode("utf-8") for name in names]
        for at in clashing:
            lengths[at] += 1


def _item(found: _Found, name: str) -> Item:
    if found.error is not None:
        return Item(name=name, path=found.path, failure=failure_of(name, found.error))
    try:
        status = found.path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise OSError("not a regular file")
    except (OSError, ValueError) as error:
        failure = failure_of(name, error)
        if ADDRESS.match(name):
            failure = replace(failure, error="UnknownFormat", message=UNFETCHED)
        return Item(name=name, path=found.path, failure=failure)
    return Item(name=name, path=found.path, size=status.st_size)


def _opened(item: Item) -> Iterator[Item]:
    """The item itself, or, where it is a container, what is in it."""
    if item.failure is not None:
        yield item
        return
    try:
        with item.path.open("rb") as file:
            if not is_container(file, item.name):
                yield item
                return
            for at, member in enumerate(members(file, item.name, _beside)):
                digest = hashlib.sha256(member.data).digest() if member.error is None else None
                failure = _refusal(member.error) if member.error is not None else None
                yield replace(item, name=member.name, size=len(member.data), inside=at, digest=digest, failure=failure)
    except OSError as error:
        yield replace(item, failure=failure_of(item.name, error))


def contents(items: Iterable[Item]) -> Iterator[tuple[Item, bytes | Failure]]:
    """Each item with its bytes, or with the reason why there are none; one file in memory at a time.

    A container is gone through once, for all items in it that follow one another. Raises nothing.
    """
    for (path, inside), group in groupby(items, key=lambda item: (item.path, item.inside is not None)):
        if inside:
            yield from _inside(path, list(group))
        else:
            yield from ((item, item.failure or _read(item)) for item in group)


def _inside(path: Path, items: Sequence[Item]) -> Iterator[tuple[Item, bytes | Failure]]:
    wanted = {item.inside: item for item in items}
    gone: Failure | None = None
    try:
        with path.open("rb") as file:
            for at, member in enumerate(members(file, path.name, _beside)):
                item = wanted.pop(at, None)
                if item is not None:
                    refusal = item.failure or (_refusal(member.error) if member.error is not None else None)
                    yield item, refusal or member.data
                if not wanted:
                    return
    except OSError as error:
        gone = failure_of(path.name, error)
    for item in wanted.values():
        changed = Failure(source=item.name, sha256=None, error="UnreadableFile", message="changed while it was read")
        yield item, item.failure or replace(gone or changed, source=item.name)


def _read(item: Item) -> bytes | Failure:
    if item.size > LIMIT:
        return _refusal(over_limit(item.name, item.size))
    try:
        return item.path.read_bytes()
    except OSError as error:
        return failure_of(item.name, error)


def _refusal(error: UnreadableFile) -> Failure:
    return Failure(source=error.source, sha256=None, error=type(error).__name__, message=error.reason)


def _once(items: Sequence[Item]) -> list[Item]:
    """The items with each content once, at the place of its first name."""
    sizes = Counter(item.size for item in items if item.failure is None)
    first: dict[object, Item] = {}
    copies: dict[object, list[str]] = defaultdict(list)
    for at, item in enumerate(items):
        key: object = at
        if item.digest is not None:
            key = item.digest
        elif item.failure is None and sizes[item.size] > 1:
            try:
                with item.path.open("rb") as file:
                    key = hashlib.file_digest(file, "sha256").digest()
            except OSError as error:
                item = replace(item, failure=failure_of(item.name, error))
        if key in first:
            copies[key].append(item.name)
        else:
            first[key] = item
    return [replace(item, copies=tuple(copies[key])) for key, item in first.items()]


def failure_of(name: str, error: OSError | ValueError) -> Failure:
    """The failure that an error of the file system makes of an input."""
    message = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return Failure(source=name, sha256=None, error=type(error).__name__, message=message)
