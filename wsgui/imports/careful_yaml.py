"""YAML of strangers, which Insomnia and Postman write: only plain values, no references, no tags, bounded.

A reference (``*name``) lets a text of one page stand for gigabytes, and a tag can ask for an object of the program;
no export has either.
"""

from __future__ import annotations

from collections import Counter

import yaml

from wsgui.core.i18n import _
from wsgui.core.visible import one_line
from wsgui.imports.careful_json import DEEPEST, Document, too_deep
from wsgui.imports.imported import NotImportedError

LARGEST = 5_000_000
"""Characters: YAML is read at about 1 MB a second where its library is pure Python."""
_PLAIN = "tag:yaml.org,2002:"


def read_yaml(text: str, name: str) -> Document:
    """Raises :class:`NotImportedError` with ``name``, line and column."""
    if len(text) > LARGEST:
        sentence = _("{name} is larger than {n} MB, which is too large for YAML. Export it as JSON.")
        raise NotImportedError(sentence.format(name=name, n=LARGEST // 1_000_000))
    loader = _LOADER(text)
    try:
        _refuse_tricks(text, name)
        node = loader.get_single_node()
        twice = _names_given_twice(node)
        value: object = None if node is None else loader.construct_document(node)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        reason = one_line(error.problem or "", 120)
        sentence = _("{name}, line {line}, column {column}: the YAML is broken ({reason}).")
        raise NotImportedError(sentence.format(name=name, line=line, column=column, reason=reason)) from error
    except NotImportedError:
        raise
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        sentence = _("{name}: the YAML is broken ({reason}).")
        raise NotImportedError(sentence.format(name=name, reason=one_line(str(error), 120))) from error
    finally:
        loader.dispose()
    return Document(value, twice)


class _Loader(yaml.SafeLoader):
    """Plain values; a day stays the text that it is."""


class _FastLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc] # known only when it runs
    """The same by libyaml, where there is one."""


for _each in (_Loader, _FastLoader):
    _each.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag not in (f"{_PLAIN}timestamp", f"{_PLAIN}merge")]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
_LOADER: type[yaml.SafeLoader] = _FastLoader


def _refuse_tricks(text: str, name: str) -> None:
    """Read the events first, which take no memory: nothing is built of a text that is refused."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            sentence = _("{name}, line {line}: references (& and *) are not read.")
            raise NotImportedError(sentence.format(name=name, line=line))
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag not in (None, "!"):
            sentence = _("{name}, line {line}: the tag {tag} is not read.")
            raise NotImportedError(sentence.format(name=name, line=line, tag=one_line(event.tag, 60)))
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise too_deep(name, line)


def _names_given_twice(node: yaml.Node | None) -> tuple[str, ...]:
    twice: dict[str, None] = {}
    waiting = [node]
    while waiting:
        current = waiting.pop()
        if isinstance(current, yaml.MappingNode):
            names = Counter(key.value for key, _value in current.value if isinstance(key, yaml.ScalarNode))
            twice.update(dict.fromkeys(one_line(key, 60) for key, times in names.items() if times > 1))
            waiting += [value for _key, value in current.value]
        elif isinstance(current, yaml.SequenceNode):
            waiting += current.value
    return tuple(twice)
