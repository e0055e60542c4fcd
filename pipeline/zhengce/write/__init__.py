"""Records to files: rows, JSON lines as the run goes, then CSV and an Excel workbook made from them."""
