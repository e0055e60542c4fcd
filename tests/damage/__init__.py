"""Scrape damage made on purpose: clean texts, the two byte passes that garble them, and the scores of a repair."""
