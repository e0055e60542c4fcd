"""Corrections: what people decided about records, applied to the tables, and who decided what when."""
