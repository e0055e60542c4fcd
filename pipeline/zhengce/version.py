"""The version of the package, which every row of `documents` bears."""

__all__ = ["VERSION"]

VERSION = "0.1.0"
