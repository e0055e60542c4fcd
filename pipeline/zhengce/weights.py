"""Where the files of the models lie: in the package when it is installed, in `models/` in a checkout."""

from __future__ import annotations

from pathlib import Path

__all__ = ["weights"]

PACKAGE = Path(__file__).parent


def weights(model: str, name: str) -> Path:
    """The path of a file of a model."""
    installed = PACKAGE / "models" / model / name
    return installed if installed.is_file() else PACKAGE.parents[1] / "models" / model / name
