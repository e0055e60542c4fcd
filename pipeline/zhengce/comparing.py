"""The order of a comparison."""
