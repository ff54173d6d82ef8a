"""Records until it is killed: ``dying_recorder RECORDING DIARY [LIMIT]``, some 20,000 records a second.

Into the diary, a small file that is mapped into memory and therefore outlives the process, it writes for every record
``seq`` and the time of the monotonic clock, which is in the record, too; and when the recording first says that it
cannot be kept. With LIMIT, no file may become larger than so many bytes, as on a full disk.
"""

from __future__ import annotations

import mmap
import resource
import signal
import struct
import sys
import time
from pathlib import Path
from typing import NamedTuple

from wsgui.core.recording import Recording
from wsgui.core.records import Direction, Kind, Record

PER_TURN = 200
TURN_SECONDS = 0.01
_LAYOUT = struct.Struct("<Qdd")


class Diary(NamedTuple):
    """What it had done; times of the monotonic clock, 0 for never."""

    seq: int
    at: float
    """When the last record was given to the recording."""
    refused: float
    """When the recording first said that it cannot be kept."""

    @classmethod
    def read(cls, path: Path) -> Diary:
        return cls(*_LAYOUT.unpack(path.read_bytes()[: _LAYOUT.size]))


def empty_diary(path: Path) -> None:
    path.write_bytes(_LAYOUT.pack(0, 0.0, 0.0))


def main() -> None:
    path, diary, *limit = sys.argv[1:]
    if limit:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit[0]), int(limit[0])))
    with Path(diary).open("r+b") as file, mmap.mmap(file.fileno(), 0) as page:
        recording = Recording(Path(path), "http://host/")
        seq, refused = 0, 0.0
        while True:
            for _ in range(PER_TURN):
                seq += 1
                now = time.monotonic()
                recording.append(Record(seq, now, time.time(), 1, Direction.IN, Kind.EVENT, f'2["tick",{seq}]'))
                _LAYOUT.pack_into(page, 0, seq, now, refused)
            if recording.problem and not refused:
                refused = time.monotonic()
            time.sleep(TURN_SECONDS)


if __name__ == "__main__":
    main()
