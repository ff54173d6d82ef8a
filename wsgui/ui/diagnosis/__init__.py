"""Diagnose: the findings as they come, the cause, the fix, and what stands beside them."""
