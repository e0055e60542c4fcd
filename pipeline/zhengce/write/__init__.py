"""Records to files: rows, JSON lines as the run goes, then every other format made from them."""
