"""The notebooks: committed without outputs, and run from the first cell to the last on the samples."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

PROJECT = Path(__file__).parents[1]
NOTEBOOKS = sorted((PROJECT / "notebooks").glob("*.ipynb"))
SECONDS = 120


def read(path: Path) -> Any:
    return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]


def code_cells(notebook: Any) -> list[Any]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Path]:
    """The notebook with its outputs, and the folder in which it left its files."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copytree(PROJECT / "corpora" / "samples", folder / "corpora" / "samples")
    (folder / "notebooks").mkdir()
    notebook = read(PROJECT / "notebooks" / "01_extract_provisions.ipynb")
    place = {"metadata": {"path": str(folder / "notebooks")}}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(PROJECT / "pipeline"))
        NotebookClient(notebook, timeout=SECONDS, kernel_name="python3", resources=place).execute()
    return notebook, folder / "out"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_outputs_are_stripped(path: Path) -> None:
    notebook = read(path)
    nbformat.validate(notebook)  # type: ignore[no-untyped-call]
    assert code_cells(notebook)
    assert not [cell.source for cell in code_cells(notebook) if cell.outputs or cell.execution_count is not None]
    assert set(notebook.metadata) == {"kernelspec", "language_info"}


def test_every_notebook_is_run() -> None:
    assert [path.stem for path in NOTEBOOKS] == ["01_extract_provisions"]


def test_extract_ends_with_two_cited_tables(run: tuple[Any, Path]) -> None:
    for name, fewest, column in (("table1_targets", 30, "目标值 value"), ("table2_subsidies", 10, "金额 amount")):
        data = (run[1] / f"{name}.csv").read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")  # else Excel takes the bytes for GBK
        rows = list(csv.DictReader(data.decode("utf-8-sig").splitlines()))
        assert len(rows) >= fewest
        assert all(row[column] and row["原文 quote"] for row in rows)
        assert any(row["页 page"].isdigit() for row in rows)


def test_extract_draws_chinese(run: tuple[Any, Path]) -> None:
    outputs = [output for cell in code_cells(run[0]) for output in cell.outputs]
    told = "".join(output.text for output in outputs if output.output_type == "stream")
    if "No Chinese font" in told:
        pytest.skip("no Chinese font is installed here")
    assert "missing from" not in told  # matplotlib says so of each character that it draws as a box
    assert [output for output in outputs if "image/png" in output.get("data", {})]
    assert (run[1] / "figure1.png").stat().st_size > 0


def test_extract_says_what_to_install_where_no_font_has_chinese(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from matplotlib import font_manager

    notebook = read(PROJECT / "notebooks" / "01_extract_provisions.ipynb")
    [cell] = [cell for cell in code_cells(notebook) if "ttflist" in cell.source]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", [])
    names: dict[str, Any] = {}
    exec(cell.source, names)
    assert names["FONT"] is None
    assert "No Chinese font is installed" in capsys.readouterr().out
