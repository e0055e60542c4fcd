"""Raw text → clean text, by edits: every file proposes edits (or notes) and rewrites nothing."""
