"""How much memory this process has in RAM."""

from __future__ import annotations

from pathlib import Path

MIB = 1024 * 1024


def resident() -> float:
    """Bytes in RAM now, as Linux counts them; the peak of a process is no help where it has made its own data."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return float(line.split()[1]) * 1024
    raise OSError("this system does not say how much memory a process has in RAM")
