"""Clean text → header, parts and provisions."""
