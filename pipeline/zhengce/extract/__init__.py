"""Document → records: every file makes one kind, every record is made through `document.cite`."""
