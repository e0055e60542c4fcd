"""What can go wrong, as a tree of types.

    ZhengceError
    ├── UnreadableFile          the file cannot become text; `reason` is for people
    │   ├── UnknownFormat       not a format we read, or another one than its name says
    │   ├── NoTextLayer         a picture of a text: needs OCR
    │   ├── Encrypted           needs a password
    │   └── TooLarge            larger than the limit in force
    └── BadUsage                the caller asked for something that cannot be

Only reading raises; every later stage is total. In a batch an `UnreadableFile` becomes a row of `failures`.
"""

__all__ = ["BadUsage", "Encrypted", "NoTextLayer", "TooLarge", "UnknownFormat", "UnreadableFile", "ZhengceError"]


class ZhengceError(Exception):
    """The root of every error that this package raises on purpose."""


class UnreadableFile(ZhengceError):
    """A file that cannot become text: `source` names it, `reason` says why and what to do."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason


class UnknownFormat(UnreadableFile):
    """The bytes are of a format that is not read here, or not of the format that the name says."""


class NoTextLayer(UnreadableFile):
    """The file holds pictures of a text and no text."""


class Encrypted(UnreadableFile):
    """The file needs a password."""


class TooLarge(UnreadableFile):
    """The file is larger than the limit in force."""


class BadUsage(ZhengceError):
    """The caller asked for something that cannot be."""
