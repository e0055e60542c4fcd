"""Measure: a run against gold, a run against a former one, coders against one another."""
