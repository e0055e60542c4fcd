"""zhengce (政策): Chinese policy documents in, cited records out.

The heavy libraries are loaded by the functions that need them: `import zhengce` costs some milliseconds.
"""

from zhengce.document import Citation, Document, Header, Note, Provision, Raw, Source
from zhengce.errors import BadUsage, Encrypted, NoTextLayer, TooLarge, UnknownFormat, UnreadableFile, ZhengceError
from zhengce.flow import Outcome, open_file, process
from zhengce.notebook import show_in_notebooks
from zhengce.record import Assignment, Brand, Event, Fact, Quantity, Record, Records, Reference, Subsidy, Target
from zhengce.text import Alignment, Edit, Span
from zhengce.version import VERSION

__version__ = VERSION
show_in_notebooks()

__all__ = [
    "Alignment", "Assignment", "BadUsage", "Brand", "Citation", "Document", "Edit", "Encrypted", "Event", "Fact",
    "Header", "NoTextLayer", "Note", "Outcome", "Provision", "Quantity", "Raw", "Record", "Records", "Reference",
    "Source", "Span", "Subsidy", "Target", "TooLarge", "UnknownFormat", "UnreadableFile", "ZhengceError", "open_file",
    "process",
]  # fmt: skip
