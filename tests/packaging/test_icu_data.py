"""ICU with the data of few languages: those sort by their own rules, all others by the root's."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import icu_data
import PySide6
import pytest

LIBRARIES = Path(PySide6.__file__).parent / "Qt" / "lib"

SORT = """
import ctypes, sys
data, library = sys.argv[1:3]
ctypes.CDLL(data, mode=ctypes.RTLD_GLOBAL)  # the next one needs a library of this name, and takes the one that is there
icu = ctypes.CDLL(library)
version = library.rpartition(".")[2]
collator = getattr(icu, f"ucol_open_{version}")
collator.restype = ctypes.c_void_p
compare = getattr(icu, f"ucol_strcollUTF8_{version}")
compare.argtypes = [ctypes.c_void_p, *([ctypes.c_char_p, ctypes.c_int32] * 2), ctypes.c_void_p]
for language in sys.argv[3:]:
    status = ctypes.c_int(0)
    opened = collator(language.encode(), ctypes.byref(status))
    words = "ö".encode(), b"z"
    after = compare(opened, words[0], len(words[0]), words[1], len(words[1]), ctypes.byref(status))
    print(language, status.value, after)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="Qt brings ICU on Linux only")
def test_only_the_languages_that_are_named_stay(tmp_path: Path) -> None:
    whole = next(LIBRARIES.glob("libicudata.so.*"))
    trimmed = tmp_path / whole.name
    shutil.copy(whole, trimmed)
    icu_data.trim(trimmed, ["ru", "sv"])
    assert trimmed.stat().st_size < whole.stat().st_size / 2
    library = next(LIBRARIES.glob("libicui18n.so.*"))

    def sorted_with(data: Path) -> list[str]:
        command = [sys.executable, "-c", SORT, str(data), str(library), "ru", "sv", "da"]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()

    # In Swedish and Danish ö comes after z. -128 is U_USING_FALLBACK_WARNING, -127 U_USING_DEFAULT_WARNING: the root.
    assert sorted_with(whole) == ["ru 0 -1", "sv 0 1", "da 0 1"]
    assert sorted_with(trimmed) == ["ru 0 -1", "sv 0 1", "da -127 -1"]
