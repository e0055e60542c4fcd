"""What fuzzing has found stays mended: tests/fuzz/README.md."""

import time
from pathlib import Path

import pytest
from test_damaged_files import told

FOUND = sorted((Path(__file__).parent / "fuzz" / "found").iterdir())


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
def test_what_was_found_is_read_or_refused(path: Path) -> None:
    kind = path.name.partition(".")[0]
    before = time.process_time()
    assert all(isinstance(text, str) for text in told(path.read_bytes(), f"甲.{kind}"))
    assert time.process_time() - before < 10
