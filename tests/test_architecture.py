"""The house rules as tests: sizes, names, what an import costs, knowledge as data."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
PACKAGE = PROJECT / "pipeline" / "zhengce"
MODULES = sorted(PACKAGE.rglob("*.py"))
SAYS_NOTHING = {"utils", "util", "helpers", "helper", "common", "base", "misc", "manager", "processor"}
HEAVY = ["spacy", "jieba", "rjieba", "opencc", "pdfplumber", "olefile", "selectolax", "xlsxwriter", "pypdfium2", "tqdm"]
HEAVY += ["sklearn", "scipy", "openpyxl", "jinja2", "docx", "pyarrow", "duckdb", "pandas", "pyreadstat", "httpx"]
HEAVY += ["httpcore", "protego", "tenacity", "warcio", "rensa", "networkx", "rapidfuzz", "starlette", "uvicorn"]


def name(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_files_are_small_and_named_for_what_they_hold(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300
    assert not set(path.relative_to(PACKAGE).with_suffix("").parts) & SAYS_NOTHING


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_functions_are_small_and_nothing_is_left_for_later(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            lines = body[-1].end_lineno - body[0].lineno + 1 if body else 0  # type: ignore[operator]
            assert lines <= 40, f"{path.name}:{node.lineno} {node.name} has {lines} lines"
            assert "NotImplementedError" not in ast.unparse(node)


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_every_module_says_what_it_exports(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if path.name == "__main__.py" or len(tree.body) <= 1:
        return
    exported = [
        node for node in tree.body if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
    ]
    public = [
        node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name[0] != "_"
    ]
    assert exported or not public


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = f"import sys, zhengce, zhengce.cli; print([m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_broad_excepts_stand_only_round_third_party_parsers() -> None:
    # the one in jsonl.py undoes half a document and raises again
    broad = [
        name(path)
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"})
    ]
    assert broad == ["read/file.py", "write/jsonl.py"]


def test_the_version_is_one() -> None:
    import zhengce

    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert zhengce.__version__ == project["version"]
