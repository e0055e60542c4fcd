"""Every regular expression of the package: where it is written, what it is, and on what it was seen at work.

Run as a script in a process of its own it prints them as JSON: there `re` hands out patterns that note how they are
used while documents are read that are made to be long.
"""

from __future__ import annotations

import ast
import importlib
import json
import pkgutil
import re
import sys
import tempfile
import tomllib
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, ClassVar

FOUND = find_spec("zhengce")  # not imported: its patterns are made when it is
assert FOUND is not None
assert FOUND.origin is not None
PACKAGE = Path(FOUND.origin).parent
USES = ("search", "match", "fullmatch", "findall", "finditer", "sub", "subn", "split")
PLACED = ("search", "match", "fullmatch", "finditer")  # those that are told where to begin and to end
Site = tuple[str, int]
SPUN = "省生长改造委会同教导部分完善包管办法，引导农夫工返乡。"  # words that a thesaurus put there


def written() -> dict[Site, ast.Call]:
    """Where the package calls `re`, by file and line."""
    return {
        (path.relative_to(PACKAGE).as_posix(), node.lineno): node
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("compile", *USES)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
    }


@cache
def named() -> dict[Site, set[str]]:
    """Where a pattern is given a name, the methods that are called by that name, there and where it is imported."""
    names: dict[Site, tuple[str, str]] = {}
    used: dict[tuple[str, str], set[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        file = path.relative_to(PACKAGE).as_posix()
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        homes = {
            alias.name: f"{(node.module or '').removeprefix('zhengce.').replace('.', '/')}.py"
            for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names
        }  # fmt: skip
        for node in nodes:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                names[file, node.value.lineno] = (file, node.targets[0].id)
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                name = node.value.id
                used.setdefault((homes.get(name, file), name), set()).add(node.attr)
    return {site: used.get(name, set()) & {*USES, "pattern"} for site, name in names.items()}


class Watched:
    """A pattern that notes by which methods it is used, and on how many characters at most."""

    made: ClassVar[dict[tuple[Any, int], Watched]] = {}

    def __init__(self, pattern: Any, flags: int, real: re.Pattern[Any]) -> None:
        self.source, self.flags_given, self.real = pattern, flags, real
        self.sites: set[Site] = set()
        self.longest: dict[str, int] = {}

    def __getattr__(self, name: str) -> Any:
        real = getattr(self.real, name)
        if name not in USES:
            return real

        def noted(*args: Any, **named: Any) -> Any:
            text = args[1] if name in ("sub", "subn") else args[0]
            start, end = (*args[1:3], None, None)[:2] if name in PLACED else (0, None)
            length = min(end if end is not None else len(text), len(text)) - (start or 0)
            self.longest[name] = max(self.longest.get(name, 0), length)
            return real(*args, **named)

        return noted


def watch() -> None:
    """From here on patterns made in the package note how they are used."""
    make = re._compile  # type: ignore[attr-defined]

    def made(pattern: Any, flags: Any) -> Any:
        frame = sys._getframe(2)
        path = Path(frame.f_code.co_filename)
        if isinstance(pattern, Watched):
            return pattern
        if not path.is_relative_to(PACKAGE):
            return make(pattern, flags)
        key = (pattern, int(flags))
        found = Watched.made.setdefault(key, Watched(pattern, int(flags), make(pattern, flags)))
        found.sites.add((path.relative_to(PACKAGE).as_posix(), frame.f_lineno))
        return found

    re._compile = made  # type: ignore[attr-defined]


def documents() -> list[tuple[str, bytes]]:
    """Texts of all cases, again and again in one line, in lines, and without any mark, as text and as a web page."""
    here = Path(__file__).parent
    files = sorted((here / "cases").glob("*.toml"))
    cases = [case for path in files for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]]
    texts = [case["text"] for case in cases if "text" in case]
    texts += [SPUN]
    whole = "".join(texts[::3]).replace("\n", "")
    odd = {
        "一行.txt": whole, "多行.txt": "\n".join(texts), "无标点.txt": re.sub(r"[，。；、：！？,;:\s]", "", whole),
        "网页.html": f"<html><head><title>关于就业的通知</title></head><body><p>{whole}</p></body></html>",
        "脚本.html": f"<html><body><script>var a = {json.dumps(whole)}; document.write({whole!r})</script></html>",
    }  # fmt: skip
    files = [*sorted(here.glob("pages/*.html")), *sorted((here.parent / "corpora" / "samples").iterdir())]
    pages = [(path.name, path.read_bytes()) for path in files if path.is_file()]
    return [(name, text.encode()) for name, text in odd.items()] + pages


def put_to_work() -> None:
    """Import the package and read, compare and collect documents with it."""
    for module in pkgutil.walk_packages([str(PACKAGE)], "zhengce."):
        if module.name != "zhengce.__main__":
            importlib.import_module(module.name)
    from zhengce import collecting, comparing
    from zhengce.measure.handmade import ROWS
    from zhengce.write.clear import clearable
    from zhengce.write.columns import COMPARISON

    with suppress(KeyError):  # a label is looked at before the rest of the record
        list(ROWS["provisions"]({"label": "前言"}))
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "in"
        folder.mkdir()
        for at, (name, data) in enumerate(documents()):
            (folder / f"{at}{name}").write_bytes(data)
        collecting.run([folder], Path(place) / "dataset", formats=("jsonl",))
        comparing.run([folder / "0一行.txt", folder / "1多行.txt"], Path(place) / "compared")
        clearable(Path(place) / "compared", COMPARISON)


def unreached(sites: set[Site]) -> list[dict[str, Any]]:
    """The patterns that nothing has called for, where they are written out or made of constants of their module."""
    found = []
    for site, call in written().items():
        if site not in sites:
            module = importlib.import_module("zhengce." + site[0].removesuffix(".py").replace("/", "."))
            pattern = eval(compile(ast.Expression(call.args[0]), site[0], "eval"), vars(module).copy())
            found.append(told(pattern, 0, [site], {call.func.attr: 0}))  # type: ignore[attr-defined]
    return found


def told(pattern: Any, flags: int, sites: list[Site], longest: dict[str, int]) -> dict[str, Any]:
    known = named()
    methods = longest or {method: 0 for site in sites for method in known.get(site, ())}
    return {
        "pattern": pattern if isinstance(pattern, str) else pattern.decode("latin-1"), "flags": flags,
        "bytes": isinstance(pattern, bytes), "sites": sites, "methods": sorted(methods),
        "longest": max(longest.values(), default=0),
    }  # fmt: skip


if __name__ == "__main__":
    watch()
    put_to_work()
    made = [told(one.source, one.flags_given, sorted(one.sites), one.longest) for one in Watched.made.values()]
    print(json.dumps(made + unreached({site for one in Watched.made.values() for site in one.sites})))
