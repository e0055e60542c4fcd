"""zhengce (政策): Chinese policy documents in, cited records out.

The heavy libraries are loaded by the functions that need them, and the stages, whose patterns take a third of a second
to compile, with the first of `process` and `open_file`: `import zhengce` costs some milliseconds.
"""

from typing import TYPE_CHECKING

from zhengce.document import Citation, Document, Header, Note, Provision, Raw, Source
from zhengce.errors import BadUsage, Encrypted, NoTextLayer, TooLarge, UnknownFormat, UnreadableFile, ZhengceError
from zhengce.notebook import show_in_notebooks
from zhengce.outcome import Outcome
from zhengce.record import Assignment, Brand, Event, Fact, Quantity, Record, Records, Reference, Subsidy, Target
from zhengce.text import Alignment, Edit, Span
from zhengce.version import VERSION

if TYPE_CHECKING:
    from zhengce.flow import open_file, process

__version__ = VERSION
show_in_notebooks()

__all__ = [
    "Alignment", "Assignment", "BadUsage", "Brand", "Citation", "Document", "Edit", "Encrypted", "Event", "Fact",
    "Header", "NoTextLayer", "Note", "Outcome", "Provision", "Quantity", "Raw", "Record", "Records", "Reference",
    "Source", "Span", "Subsidy", "Target", "TooLarge", "UnknownFormat", "UnreadableFile", "ZhengceError", "open_file",
    "process",
]  # fmt: skip


def __getattr__(name: str) -> object:
    if name in ("open_file", "process"):
        from zhengce import flow

        return getattr(flow, name)
    raise AttributeError(f"module 'zhengce' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
