"""The judges: what they say of candidates.

The trained ones turn features into calibrated probabilities, their weights lie in `models/`; a language model (`llm`)
is asked only where somebody asks for it.
"""
