"""Which document of one coding is which of another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePosixPath

from zhengce.errors import BadUsage
from zhengce.measure.mark import Coding

__all__ = ["match"]

Names = frozenset[str]


def match(coding: Coding, run: Coding) -> dict[str, str | None]:
    """Each document of `coding` with that of `run` which it is, or None.

    Tried in this order: the same id, the same source, the same file name, the same name without its suffix, a name
    that begins with it (`007` is `007_notice.txt`, not `0071.txt`). Raises BadUsage where several could be meant, or
    two documents come out as one.
    """
    names = {document: _names(document, row) for document, row in run.documents.items()}
    matched: dict[str, str | None] = {}
    for document, row in coding.documents.items():
        matched[document] = _only(_names(document, row), names, f"{coding.name}: {row.get('source') or document}")
    taken: dict[str, str] = {}
    for document, found in matched.items():
        if found is not None and (other := taken.setdefault(found, document)) != document:
            raise BadUsage(f"{coding.name}: {other} and {document} are both {found}: call a document by one name")
    return matched


def _names(document: str, row: Mapping[str, object]) -> Names:
    copies = row.get("copies")
    return frozenset({document, str(row.get("source") or document), *(copies if isinstance(copies, list) else ())})


def _files(names: Names) -> Names:
    return frozenset(PurePosixPath(name.replace("\\", "/")).name for name in names)


def _stems(names: Names) -> Names:
    return frozenset(PurePosixPath(name).stem for name in _files(names))


def _begins(ours: Names, theirs: Names) -> bool:
    return any(
        name.startswith(stem) and not (name[len(stem) : len(stem) + 1].isascii() and name[len(stem) :][:1].isalnum())
        for stem in _stems(ours)
        for name in _files(theirs)
    )


TESTS: tuple[Callable[[Names, Names], bool], ...] = (
    lambda ours, theirs: bool(ours & theirs),
    lambda ours, theirs: bool(_files(ours) & _files(theirs)),
    lambda ours, theirs: bool(_stems(ours) & _stems(theirs)),
    _begins,
)


def _only(ours: Names, names: Mapping[str, Names], where: str) -> str | None:
    for test in TESTS:
        found = [document for document, theirs in names.items() if test(ours, theirs)]
        if len(found) > 1:
            raise BadUsage(f"{where} may be {' or '.join(sorted(found))}: name it by its id in the column `document`")
        if found:
            return found[0]
    return None
