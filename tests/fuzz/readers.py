"""Fuzzes one reader with atheris: `python tests/fuzz/readers.py docx -max_total_time=300` (README.md beside this)."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import atheris

with atheris.instrument_imports(include=["zhengce", "pdfminer", "olefile", "py7zr", "warcio"]):
    from test_damaged_files import SOUND, told

FOUND = Path(__file__).parent / "found"
NAMES = {name.partition(".")[2]: name for name in SOUND}


def main(kind: str, *options: str) -> None:
    """Whatever told() raises is a fault, and so is what takes more than ten seconds."""
    name = NAMES[kind]
    with tempfile.TemporaryDirectory() as seeds:
        (Path(seeds) / "sound").write_bytes(SOUND[name])
        at = f"-artifact_prefix={FOUND}/{kind}."
        atheris.Setup(
            [sys.argv[0], seeds, at, "-timeout=10", "-rss_limit_mb=3000", *options], lambda data: told(data, name)
        )
        atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
