"""Records survive damage: floors of the curve that tests/bench/robustness.py draws."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "bench"))

from robustness import point

SCORER = Path(__file__).parents[2] / "shared" / "score" / "score.py"


@pytest.mark.skipif(not SCORER.is_file(), reason="the scorer (../shared/score) is not beside this checkout")
@pytest.mark.parametrize(
    ("kind", "private", "floor"),
    [("annotated", "kept", 0.99), ("kind1", "kept", 0.96), ("kind1", "stripped", 0.96), ("both", "stripped", 0.93)],
)
def test_records_are_found_on_damaged_pages_as_on_sound_ones(kind: str, private: str, floor: float) -> None:
    score, _, stretches = point(kind, 334, SCORER, private)  # type: ignore[arg-type]
    assert stretches or kind == "annotated"
    assert score >= floor
