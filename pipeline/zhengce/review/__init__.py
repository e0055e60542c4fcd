"""The review server: pages of a run on this machine alone, and an append-only file of what people decide there."""
