"""Runs the cases that were asked for side by side, once, because each waits for servers most of its time."""

from __future__ import annotations
