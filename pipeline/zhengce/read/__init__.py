"""Files → Raw: the decoded text of a txt, html, docx or pdf file, in blocks, with the fields it states of itself."""

from zhengce.read.file import read_file

__all__ = ["read_file"]
