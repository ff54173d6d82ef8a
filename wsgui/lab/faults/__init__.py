"""Faults: one file each, a real server that is broken in one way and right in all others.

A file says in its docstring what is broken and how that looks on the wire, and holds a ``FAULT``.
"""
