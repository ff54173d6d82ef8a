"""Where the program is at home. The only place that says so."""

from __future__ import annotations

HOME = "https://github.com/wsgui/wsgui"
"""The project that ``io.github.wsgui.wsgui`` is, the name that the packages carry."""
RELEASES = "https://api.github.com/repos/wsgui/wsgui/releases/latest"
"""Answers with the newest release as a JSON object; its version is ``tag_name``."""
