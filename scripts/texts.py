"""The catalogues of ``resources/languages``: kept in step with the texts of the program.

python scripts/texts.py                   extract the texts, bring every catalogue up to date, say what is missing
python scripts/texts.py missing ru        print what is not translated yet, as a .po file to fill in
python scripts/texts.py take ru FILE...   take the translations of such files
python scripts/texts.py new de            begin a language
"""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ROOT / "resources" / "languages"
KEYWORDS = {"_": None, "N_": None, "plural": (1, 2)}
TRANSLATORS = "Translators:"


def texts() -> Catalog:
    """Everything in ``wsgui`` that is marked for translation, and what the presets say of themselves."""
    found = Catalog(project="wsgui", charset="utf-8")
    source = ROOT / "wsgui"
    for name, _line, said, comments, _context in extract_from_dir(
        str(source), method_map=[("**.py", "python")], keywords=KEYWORDS, comment_tags=(TRANSLATORS,)
    ):
        if said and said != ("", ""):
            found.add(said, locations=[(f"wsgui/{Path(name).as_posix()}", 0)], auto_comments=comments)
    for preset in sorted((ROOT / "resources" / "presets").glob("*.json")):
        told = json.loads(preset.read_text(encoding="utf-8"))
        for name in ("name", "description"):
            found.add(told[name], locations=[(preset.relative_to(ROOT).as_posix(), 0)])
    for message in found:  # a text may stand in a module several times; once is enough, and lines change too often
        message.locations = sorted(set(message.locations))
    return found


def read(language: str) -> Catalog:
    """The catalogue of a language as it is."""
    with (LANGUAGES / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def written(catalogue: Catalog) -> bytes:
    """The file of a catalogue: by module, each string on one line, no dates that differ from run to run."""
    for message in catalogue:
        message.flags -= {"python-format", "python-brace-format"}  # they cannot tell which; a test compares the places
    buffer = io.BytesIO()
    write_po(
        buffer, catalogue, width=0, sort_by_file=True, ignore_obsolete=True, include_lineno=False, omit_header=True
    )
    plural = f"nplurals={catalogue.num_plurals}; plural={catalogue.plural_expr};"
    head = f"""# Kept in step with the texts of the program by scripts/texts.py.
msgid ""
msgstr ""
"Language: {catalogue.locale_identifier}\\n"
"Plural-Forms: {plural}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""
    return head.encode() + b"\n" + buffer.getvalue().rstrip(b"\n") + b"\n"


def update(language: str) -> Catalog:
    """Bring a catalogue up to date: new texts are added empty, those that are gone go. Nothing is guessed."""
    catalogue = read(language)
    catalogue.update(texts(), no_fuzzy_matching=True, update_header_comment=False)
    catalogue.obsolete.clear()
    (LANGUAGES / f"{language}.po").write_bytes(written(catalogue))
    return catalogue


def translated(message: Message) -> bool:
    """Whether every form of a text has its translation."""
    forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return all(forms)


def missing(catalogue: Catalog) -> Catalog:
    """What has no translation."""
    left = Catalog(locale=catalogue.locale)
    for message in catalogue:
        if message.id and not translated(message):
            left[message.id] = message
    return left


def take(language: str, files: list[str]) -> None:
    """Put the translations of other ``.po`` files into a catalogue; an unknown text is refused."""
    catalogue = read(language)
    for name in files:
        with Path(name).open("rb") as file:
            for message in read_po(file, locale=language):
                if not message.id or not translated(message):
                    continue
                known = catalogue.get(message.id)
                if known is None or known.id != message.id:
                    sys.exit(f"{name}: the program has no text {message.id!r}")
                known.string = message.string
    (LANGUAGES / f"{language}.po").write_bytes(written(catalogue))


def main(words: list[str]) -> int:
    """Exit status 1 if something is not translated."""
    match words:
        case ["new", language]:
            (LANGUAGES / f"{language}.po").write_bytes(written(Catalog(locale=language)))
            update(language)
        case ["missing", language]:
            print(written(missing(update(language))).decode(), end="")
        case ["take", language, *files]:
            take(language, files)
        case []:
            left = {path.stem: len(missing(update(path.stem))) for path in sorted(LANGUAGES.glob("*.po"))}
            for language, number in left.items():
                print(f"{language}: {number or 'nothing'} to translate")
            return 1 if any(left.values()) else 0
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
