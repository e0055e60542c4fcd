"""Documents beside each other: which provision answers which, and what differs."""
