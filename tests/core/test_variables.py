"""Variables in texts: what they become, and which are missing."""

from __future__ import annotations

import pytest

from wsgui.core.variables import LONGEST, VariableError, fill_in, is_name, named_in, resolve, resolve_all

VALUES = {"host": "a.example", "url": "wss://{{host}}/{{path}}", "path": "chat", "me": "{{ me }}", "empty": ""}


@pytest.mark.parametrize(
    ("text", "resolved"),
    [
        ("plain { } {{}} {{a b}}", "plain { } {{}} {{a b}}"),
        ("{{host}}", "a.example"),
        ("{{ host }}:{{path}}{{empty}}!", "a.example:chat!"),
        ("{{url}}", "wss://a.example/chat"),
    ],
)
def test_values_are_filled_in(text: str, resolved: str) -> None:
    assert resolve(text, VALUES) == resolved


@pytest.mark.parametrize(
    ("text", "environment", "said"),
    [
        ("{{token}}", "staging", "The environment staging has no value for {{token}}."),
        ("{{token}}", "", "{{token}} has no value: no environment is chosen."),
        ("{{me}}", "staging", "The value of {{me}} leads back to itself, or is too long."),
        ("{{x}}", "a\u202eb", "The environment a⟨U+202E⟩b has no value for {{x}}."),
    ],
)
def test_an_unknown_variable_is_named(text: str, environment: str, said: str) -> None:
    with pytest.raises(VariableError) as caught:
        resolve(f"{{{{host}}}} {text}", VALUES, environment)
    assert caught.value.sentence == said
    assert caught.value.name == text.strip("{}")


def test_values_that_breed_do_not_fill_the_memory() -> None:
    values = {f"v{n}": f"{{{{v{n + 1}}}}}" * 10 for n in range(30)}
    assert len(fill_in("{{v0}}", values)) <= LONGEST
    with pytest.raises(VariableError, match="too long"):
        resolve("{{v0}}", values)


def test_in_all_texts_of_a_value() -> None:
    value = {"{{path}}": ["{{host}}", 1, None, {"a": "{{path}}"}]}
    assert named_in(value) == ("path", "host")
    assert resolve_all(value, VALUES) == {"chat": ["a.example", 1, None, {"a": "chat"}]}


def test_names() -> None:
    assert is_name("api.key-2")
    assert not any(map(is_name, ("", "a b", "secret:x", "{", "a\n")))
