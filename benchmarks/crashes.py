"""Kill -9 and a full disk, at random moments: every recording opens, and lost is at most the last second.

Every run draws from one seed, which is printed: ``--seed`` repeats it, though not to the microsecond.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from benchmarks.dying_recorder import Diary, empty_diary
from benchmarks.processes import python
from benchmarks.report import Spread, promise
from wsgui.core.past_recording import open_recording
from wsgui.core.recordings import Outcome, read_entry

TIMES = 200
MOST_LOST_SECONDS = 1.0
LONGEST_LIFE_SECONDS = 1.5
LONGEST_START_SECONDS = 60.0
_BLOCK = 5000


class Death(StrEnum):
    """What befalls the recorder."""

    KILLED = "kill -9"
    FULL = "a full disk, then kill -9"
    LIMITED = "no file may grow, then kill -9"


class Loss(NamedTuple):
    """What was left of one recording."""

    death: Death
    records: int
    seconds: float
    """From the last record that was kept to the last that was to be: before the death, or before the disk was full."""
    complaint: str
    """What is wrong with it; empty if nothing is."""


def main() -> int:
    """Exit status 0 if the promise is kept."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--times", type=int, default=TIMES, help="default: %(default)s")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32), help="of an earlier run")
    arguments = parser.parse_args()
    print(f"crashes: {arguments.times} times, --seed {arguments.seed}")
    return 0 if judge(crash(arguments.times, arguments.seed)) else 1


def judge(losses: list[Loss]) -> bool:
    """Print all figures; whether nothing more was lost than is promised."""
    for death in Death:
        if found := [loss for loss in losses if loss.death is death]:
            lost = Spread.of([loss.seconds for loss in found])
            records = Spread.of([float(loss.records) for loss in found])
            print(f"  {death.value}: {len(found)} times, {records:,.0f} records kept, lost seconds {lost:.2f}")
    broken = [loss.complaint for loss in losses if loss.complaint]
    most = max(loss.seconds for loss in losses)
    return all(
        [
            promise("recordings that are broken", "; ".join(broken) or "none", kept=not broken, limit="none"),
            promise(
                "lost at most, s", f"{most:.2f}", kept=most <= MOST_LOST_SECONDS, limit=f"at most {MOST_LOST_SECONDS:g}"
            ),
        ]
    )


def crash(times: int, seed: int) -> list[Loss]:
    """Let so many recorders die."""
    chance = random.Random(seed)
    deaths = [Death.KILLED, Death.KILLED, Death.FULL if os.geteuid() == 0 else Death.LIMITED, Death.LIMITED]
    with tempfile.TemporaryDirectory(prefix="wsgui-crashes-") as name:
        return [
            _die(Path(name), number, deaths[number % len(deaths)], chance.random(), chance) for number in range(times)
        ]


def _die(folder: Path, number: int, death: Death, life: float, chance: random.Random) -> Loss:
    size = chance.randrange(64, 2048) << 10
    diary = folder / f"{number}.diary"
    empty_diary(diary)
    with _disk(folder / str(number), size if death is Death.FULL else 0) as disk:
        path = disk / "a.sqlite"
        words = [path, diary, *([size] if death is Death.LIMITED else [])]
        began = time.monotonic()
        process = subprocess.Popen(python("dying_recorder", *words), cwd=Path(__file__).parents[1])
        # From the very beginning of the file on, which is when there is least of it.
        while not (path.exists() or Diary.read(diary).refused) and time.monotonic() < began + LONGEST_START_SECONDS:
            time.sleep(0.0005)
        ends = time.monotonic() + life**2 * LONGEST_LIFE_SECONDS
        while time.monotonic() < ends:
            time.sleep(0.0005)
        process.kill()
        process.wait()
        return look(death, path, Diary.read(diary))


def look(death: Death, path: Path, diary: Diary) -> Loss:
    """What the list of recordings says of the file, and what is in it."""
    if not path.exists() and diary.refused:  # the disk has no room even for an empty one, and the recorder said so
        return Loss(death, 0, 0.0, "")
    entry = read_entry(path)
    if entry.outcome is not Outcome.INTERRUPTED:
        return Loss(death, 0, 0.0, f"{path.parent.name}: {entry.what_came_of_it}")
    recording = open_recording(path)
    try:
        last, seconds = 0, 0.0
        until = diary.refused or diary.at
        complaint = ""
        for first in range(0, recording.count, _BLOCK):
            for record in recording.rows(first, _BLOCK):
                if record.seq != last + 1 or record.data != f'2["tick",{record.seq}]':
                    complaint = complaint or f"{path.parent.name}: record {record.seq} follows {last}"
                last, seconds = record.seq, until - record.t
        return Loss(death, recording.count, max(0.0, seconds), complaint)
    finally:
        recording.close()


@contextmanager
def _disk(folder: Path, size: int) -> Iterator[Path]:
    """A folder; with ``size`` on a disk of its own, of so many bytes."""
    folder.mkdir()
    if not size:
        yield folder
        return
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "wsgui", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


if __name__ == "__main__":
    sys.exit(main())
