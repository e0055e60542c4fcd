"""The notebooks: committed without outputs, and run from the first cell to the last on the samples."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

import nbformat
import pandas
import pytest
from nbclient import NotebookClient

PROJECT = Path(__file__).parents[1]
NOTEBOOKS = sorted((PROJECT / "notebooks").glob("*.ipynb"))
SECONDS = 120


def read(path: Path) -> Any:
    return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]


def code_cells(notebook: Any) -> list[Any]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def checkout(folder: Path) -> Path:
    """A folder with the samples where notebooks look for them; the one that notebooks run in."""
    for name in ("samples", "reports"):
        shutil.copytree(PROJECT / "corpora" / name, folder / "corpora" / name)
    (folder / "notebooks").mkdir()
    return folder / "notebooks"


def execute(name: str, folder: Path) -> Any:
    """The notebook with its outputs."""
    notebook = read(PROJECT / "notebooks" / f"{name}.ipynb")
    place = {"metadata": {"path": str(checkout(folder))}}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(PROJECT / "pipeline"))
        NotebookClient(notebook, timeout=SECONDS, kernel_name="python3", resources=place).execute()
    return notebook


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Path]:
    """Notebook 01 with its outputs, and the folder in which it left its files."""
    folder = tmp_path_factory.mktemp("extract")
    return execute("01_extract_provisions", folder), folder / "out"


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Path]:
    """Notebook 02 with its outputs, and the folder in which it left its files."""
    folder = tmp_path_factory.mktemp("compare")
    return execute("02_compare_provinces", folder), folder / "out" / "compare"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Path]:
    """Notebook 03 with its outputs, and the folder in which it left its files."""
    folder = tmp_path_factory.mktemp("build")
    return execute("03_build_dataset", folder), folder / "out"


def rows_of(path: Path) -> list[dict[str, str]]:
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")  # else Excel takes the bytes for GBK
    return list(csv.DictReader(data.decode("utf-8-sig").splitlines()))


def told_by(notebook: Any) -> str:
    outputs = [output for cell in code_cells(notebook) for output in cell.outputs]
    return "".join(output.text for output in outputs if output.output_type == "stream")


def plots_of(notebook: Any) -> int:
    outputs = [output for cell in code_cells(notebook) for output in cell.outputs]
    return sum("image/png" in output.get("data", {}) for output in outputs)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_outputs_are_stripped(path: Path) -> None:
    notebook = read(path)
    nbformat.validate(notebook)  # type: ignore[no-untyped-call]
    assert code_cells(notebook)
    assert not [cell.source for cell in code_cells(notebook) if cell.outputs or cell.execution_count is not None]
    assert set(notebook.metadata) == {"kernelspec", "language_info"}


def test_every_notebook_is_run() -> None:
    assert [path.stem for path in NOTEBOOKS] == ["01_extract_provisions", "02_compare_provinces", "03_build_dataset"]


def test_extract_ends_with_two_cited_tables(run: tuple[Any, Path]) -> None:
    for name, fewest, column in (("table1_targets", 30, "目标值 value"), ("table2_subsidies", 10, "金额 amount")):
        rows = rows_of(run[1] / f"{name}.csv")
        assert len(rows) >= fewest
        assert all(row[column] and row["原文 quote"] for row in rows)
        assert any(row["页 page"].isdigit() for row in rows)


def test_extract_draws_chinese(run: tuple[Any, Path]) -> None:
    if "No Chinese font" in told_by(run[0]):
        pytest.skip("no Chinese font is installed here")
    assert "missing from" not in told_by(run[0])  # matplotlib says so of each character that it draws as a box
    assert plots_of(run[0])
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


def test_compare_leaves_a_matrix_values_and_a_panel(compared: tuple[Any, Path]) -> None:
    matrix = rows_of(compared[1] / "table_matrix.csv")
    assert set(matrix[0]) == {"row", "湖南省", "四川省", "云南省"}
    assert [row["row"][:3] for row in matrix[:3]] == ["（一）", "（二）", "（三）"]
    assert matrix[-1]["row"].startswith("新增条款")
    assert all(row[name] for row in matrix for name in ("湖南省", "四川省", "云南省"))
    values = {(row["中央 centre"], row["省里 province says"]) for row in rows_of(compared[1] / "table_values.csv")}
    assert values >= {("到2025年", "到2023年"), ("到2025年", "到2025年"), ("达到60%左右", "达到65%以上")}


def test_compare_hands_a_panel_to_stata(compared: tuple[Any, Path]) -> None:
    panel = pandas.read_stata(compared[1] / "panel.dta")
    assert list(panel.groupby("region")["adopted"].sum()) == [1, 1, 1]
    assert list(panel["region_code"].unique()) == ["510000", "530000", "430000"]  # in the order of their dates
    assert len(rows_of(compared[1] / "panel.csv")) == len(panel) == 12


def test_compare_leaves_the_files_for_colleagues(compared: tuple[Any, Path]) -> None:
    assert {"compare.html", "compare.xlsx", "compare.docx"} <= {path.name for path in compared[1].iterdir()}


def test_compare_draws_three_plots_without_a_box(compared: tuple[Any, Path]) -> None:
    assert "missing from" not in told_by(compared[0])
    assert plots_of(compared[0]) == 3
    assert len(list(compared[1].glob("figure_*.png"))) == 3


def test_compare_draws_in_english_where_no_font_has_chinese(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from matplotlib import font_manager, pyplot, rc_context

    monkeypatch.chdir(checkout(tmp_path))
    latin = [font for font in font_manager.fontManager.ttflist if font.name.startswith("DejaVu")]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", latin)
    monkeypatch.setattr(subprocess, "run", lambda command, **how: Path("../out/compare").mkdir(parents=True))
    names: dict[str, Any] = {}
    with rc_context({"backend": "agg"}):
        for cell in code_cells(read(PROJECT / "notebooks" / "02_compare_provinces.ipynb")):
            exec(cell.source, names)  # a Chinese character in a plot would be an error
        pyplot.close("all")
    assert names["FONT"] is None
    assert "plots are in English" in capsys.readouterr().out
    assert list(names["matrix"].columns) == ["hunan opinion", "sichuan opinion", "yunnan opinion"]
    assert set(names["CALLED"].values()) == {f"department {number}" for number in range(1, len(names["CALLED"]) + 1)}


@pytest.mark.parametrize("name", ["02_compare_provinces", "03_build_dataset"])
def test_a_missing_character_is_an_error(name: str) -> None:
    from matplotlib import pyplot, rc_context

    notebook = read(PROJECT / "notebooks" / f"{name}.ipynb")
    [cell] = [cell for cell in code_cells(notebook) if "ttflist" in cell.source]
    with rc_context({"backend": "agg"}), warnings.catch_warnings():
        exec(cell.source, {})
        pyplot.rcParams["font.family"] = ["DejaVu Sans"]
        figure = pyplot.figure()
        figure.text(0, 0, "政策")
        with pytest.raises(UserWarning, match="missing from"):
            figure.canvas.draw()
        pyplot.close(figure)


def test_build_corrects_a_number_and_says_so(built: tuple[Any, Path]) -> None:
    draft, out = (built[1] / name for name in ("dataset_draft", "dataset"))
    [told] = rows_of(out / "audit.csv")
    assert (told["outcome"], told["column"], told["before"], told["after"]) == ("applied", "value", "12.6", "126000")
    before, after = (
        next(row for row in rows_of(folder / "facts.csv") if row["record"] == told["record"]) for folder in (draft, out)
    )
    assert (before["value"], after["value"]) == ("12.6", "126000")
    assert before["quote"] == after["quote"]
    disputed = [{row["record"] for row in rows_of(folder / "conflicts.csv")} for folder in (draft, out)]
    assert told["record"] in disputed[0] - disputed[1]


def test_build_adds_dated_observations_and_overwrites_none(built: tuple[Any, Path]) -> None:
    said = ("report", "name", "attribute", "value", "as_of", "quote")
    held = [
        {tuple(row[column] for column in said) for row in rows_of(built[1] / name / "brand_observations.csv")}
        for name in ("dataset_draft", "dataset")
    ]
    [lost] = held[0] - held[1]  # what was corrected
    assert lost[-1].endswith("12.6人")
    assert ("剑阁护工", "workers", "38000", "2025-12-31") in {row[1:5] for row in held[1] - held[0]}
    registry = [
        {row["name"]: row for row in rows_of(built[1] / name / "brand_registry.csv")}
        for name in ("dataset_draft", "dataset")
    ]
    assert [held["剑阁护工"]["workers"] for held in registry] == ["", "38000"]
    assert [held["剑阁护工"]["conflicting"] for held in registry] == ["workers", ""]


def test_build_leaves_a_package_that_others_can_read(built: tuple[Any, Path]) -> None:
    from frictionless import Package

    out = built[1] / "dataset"
    checked = Package(str(out / "datapackage.json")).validate()
    assert checked.valid
    assert f"{len(checked.tasks)} 张表都符合说明" in told_by(built[0])
    assert {"codebook.md", "manifest.json", "edits.jsonl", "zhengce.qdpx", "zhengce.xlsx"} <= {
        path.name for path in out.iterdir()
    }
    with pandas.io.stata.StataReader(out / "reports.dta") as stata:
        assert stata.variable_labels()["copy_kind"] == "转载类型 Kind of copy"
    assert "'copy_kind': '转载类型 Kind of copy'" in told_by(built[0])
    assert "劳务品牌报道数据集" in (out / "CITATION.cff").read_text(encoding="utf-8")


def test_build_draws_two_plots_without_a_box(built: tuple[Any, Path]) -> None:
    assert "missing from" not in told_by(built[0])
    assert plots_of(built[0]) == 2
    assert len(list((built[1] / "dataset").glob("figure_*.png"))) == 2


def test_build_does_without_a_font_and_without_what_is_optional(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from matplotlib import font_manager, pyplot, rc_context

    monkeypatch.chdir(checkout(tmp_path))
    latin = [font for font in font_manager.fontManager.ttflist if font.name.startswith("DejaVu")]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", latin)
    for library in ("pyreadstat", "frictionless"):
        monkeypatch.setitem(sys.modules, library, None)
    names: dict[str, Any] = {}
    with rc_context({"backend": "agg"}), warnings.catch_warnings():
        for cell in code_cells(read(PROJECT / "notebooks" / "03_build_dataset.ipynb")):
            exec(cell.source, names)  # a Chinese character in a plot would be an error
        pyplot.close("all")
    told = capsys.readouterr().out
    assert names["FONT"] is None
    assert all(name.isascii() for name in names["NAMES"])
    assert "plots are in English" in told
    assert "pip install pyreadstat" in told
    assert "pip install frictionless" in told
    assert not list((tmp_path / "out" / "dataset").glob("*.dta"))
