"""Whatever is given as options: values, or one sentence."""

from pathlib import Path

import pytest

from wsgui.core.option_file import OptionFileError, read_options


@pytest.mark.parametrize(
    ("argument", "url"),
    [
        ('{"timeout": 5, "upgrade": true}', None),
        ("{timeout: 5}", None),
        ('{"timeout": 5, // the limit\n}', None),
        ('io("http://a", {timeout: 5})', "http://a"),
        ('const socket = io("http://a", {timeout: 5})', "http://a"),
    ],
)
def test_inline_and_as_a_file(argument: str, url: str | None, tmp_path: Path) -> None:
    file = tmp_path / "options.js"
    file.write_text("\ufeff" + argument, encoding="utf-8")
    for given in (argument, str(file)):
        assert read_options(given) == (url, {"timeout": 5}, ())


def test_what_a_snippet_says_that_text_does_not_tell_is_noted() -> None:
    notes = read_options("io({auth: {token: process.env.TOKEN}})").notes
    assert notes == ("auth.token was left out. Only the running program knows process.env.TOKEN.",)


@pytest.mark.parametrize(
    ("argument", "sentence"),
    [
        ("", "No options given"),
        ('{"timeout": 5,\n"upgrade": true\n  "path": "/"}', "JSON broken at line 3, column 3: Expecting ','"),
        ('["timeout"]', "must be an object"),
        ('{"reconectionDelay": 5}', "no option reconectionDelay; did you mean reconnectionDelay?"),
        ('{"timeout": "5s"}', 'timeout must be a whole number from 0 to 2147483647 ms, or false, not "5s".'),
        ("{timeout: 5,", "The snippet"),
        ("no-such-file.json", "no-such-file.json: The file cannot be read: No such file or directory."),
        ("a\0b", "cannot be read"),
        ('{"auth": ' + '{"a": ' * 5000 + "1" + "}" * 5001, "nested too deeply"),
    ],
)
def test_bad_input_gets_one_sentence(argument: str, sentence: str) -> None:
    with pytest.raises(OptionFileError) as refused:
        read_options(argument)
    assert sentence in refused.value.sentence
    assert len(refused.value.sentence.splitlines()) == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b'{"path": "/a",\n "query": "\xff"}', "not UTF-8 text (line 2)"),
        (b" " * 1_000_001, "larger than"),
        (b'{"timeout": -1}', "timeout must be"),
        (b"hello", "There is no io"),
    ],
)
def test_a_bad_file_is_named(content: bytes, sentence: str, tmp_path: Path) -> None:
    file = tmp_path / "options.json"
    file.write_bytes(content)
    with pytest.raises(OptionFileError) as refused:
        read_options(str(file))
    assert refused.value.sentence.startswith(f"{file}: ")
    assert sentence in refused.value.sentence


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(OptionFileError, match="cannot be read"):
        read_options(str(tmp_path))
