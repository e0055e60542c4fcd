"""Members of the ZIP files that are written: the same run gives the same bytes on every day and system."""

from __future__ import annotations

from zipfile import ZIP_DEFLATED, ZipInfo

__all__ = ["zip_member"]

FIRST_TIME = (1980, 1, 1, 0, 0, 0)  # the first that a ZIP file can tell
UNIX, READABLE = 3, 0o644 << 16


def zip_member(name: str) -> ZipInfo:
    """A member that is compressed and says nothing of when and where it was made."""
    member = ZipInfo(name, FIRST_TIME)
    member.compress_type, member.create_system, member.external_attr = ZIP_DEFLATED, UNIX, READABLE
    return member
