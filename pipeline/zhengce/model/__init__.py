"""The trained judges: features in, calibrated probabilities out; their weights lie in `models/`."""
