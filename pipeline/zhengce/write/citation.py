"""How a dataset is to be cited: `CITATION.cff`, which people fill in, and which then stays as they left it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from zhengce.version import VERSION

__all__ = ["NAME", "is_untouched", "write_citation"]

NAME = "CITATION.cff"
HEAD = "# made by zhengce, "
DIGITS = 16  # of the hash of what follows the first line: a file that has another was changed by people
TEXT = """cff-version: 1.2.0
message: "如使用本数据集, 请引用。If you use this dataset, please cite it."
type: dataset
title: {title}
version: {version}
authors:
{authors}
"""


def write_citation(out: Path, title: str, creators: Sequence[str]) -> None:
    """Write `CITATION.cff` to the folder `out`, unless one is there; raises OSError where it cannot."""
    path = out / NAME
    if path.exists():
        return
    names = creators or ("[填写作者 fill in the authors]",)
    authors = "\n".join(f"  - name: {_quoted(name)}" for name in names)
    told = TEXT.format(title=_quoted(title), version=VERSION, authors=authors)
    path.write_text(f"{HEAD}{_hash(told)}\n{told}", encoding="utf-8", newline="\n")


def is_untouched(path: Path) -> bool:
    """Whether a citation says what was written, and nothing that people filled in."""
    first, _, rest = path.read_text(encoding="utf-8", errors="replace").partition("\n")
    return first == HEAD + _hash(rest)


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:DIGITS]


def _quoted(text: str) -> str:
    # a JSON string is a YAML string, but for the control characters that YAML wants escaped
    return json.dumps(text, ensure_ascii=not text.isprintable())
