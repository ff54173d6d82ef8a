"""Sequences: steps that are done one after the other, and what came of each."""
