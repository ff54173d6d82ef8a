"""An :class:`Imported` while it is put together: every value is checked on its own, and what is refused is told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePath

from wsgui.core.address import AddressError, read_address
from wsgui.core.i18n import N_, _
from wsgui.core.option_checks import is_pem
from wsgui.core.option_types import OptionType
from wsgui.core.option_values import OptionError, OptionValue, literal
from wsgui.core.options import OPTION, caveats, check_values, nearest_option
from wsgui.core.protocol import Protocol
from wsgui.core.visible import one_line
from wsgui.imports.imported import Imported, Message
from wsgui.imports.source import Origin, Source

SPOKEN = {
    Protocol.SOCKETIO: N_("Socket.IO 3 and 4"),
    Protocol.SOCKETIO_V2: N_("Socket.IO 2"),
    Protocol.WEBSOCKET: N_("WebSocket"),
}
_SHOWN = 100
"""Characters of a value in a sentence."""
_LONGEST = 8_000
"""Characters of a URL: servers refuse longer ones."""
_LONGEST_VALUE = 100_000
"""Characters of an option, or of a message: more would be no use in the window."""
_OPEN = re.compile(r"\{\{[^{}]*\}\}|<<[^<>]*>>")


class Draft:
    """Collects what a source says of one connection."""

    def __init__(self, source: Source, title: str) -> None:
        self.title = one_line(title.strip() or source.name, 80)
        self.url = ""
        self.where = ""
        """The place of the URL in the source, for what is said of it."""
        self.protocol = Protocol.SOCKETIO
        self.namespaces: dict[str, Mapping[str, object] | None] = {}
        self.notes = ""
        self.messages: list[Message] = []
        self._source = source
        self._values: dict[str, OptionValue] = {}
        self._changed: dict[str, None] = {}
        self._left: dict[str, None] = {}
        self._warnings: dict[str, None] = {}

    def option(self, name: str, value: OptionValue) -> None:
        """Take an option if it is one and the value can be; else say why not."""
        if len(literal(value)) > _LONGEST_VALUE:
            self.left(name, _("It is too long."))
            return
        if name not in OPTION:
            near = nearest_option(name)
            reason = _("There is no such option; did you mean {near}?") if near else _("There is no such option.")
            self.left(name, reason.format(near=near))
            return
        try:
            checked = OPTION[name].check(self._paths(name, value))
        except OptionError as error:
            self.left(name, error.sentence)
        else:
            if checked is not None:
                self._values[name] = checked

    def options(self, values: Mapping[str, OptionValue]) -> None:
        """Take each of them."""
        for name, value in values.items():
            self.option(name, value)

    def header(self, name: str, value: str) -> None:
        """Take one more header."""
        headers = self._values.get("extraHeaders")
        self.option("extraHeaders", {**(headers if isinstance(headers, Mapping) else {}), name: value})

    def message(self, message: Message) -> None:
        """Take a saved message."""
        if len(message.event) + len(message.text) > _LONGEST_VALUE:
            self.left(message.title or one_line(message.event, _SHOWN) or _("A message"), _("It is too long."))
        else:
            self.messages.append(message)

    def changed(self, sentence: str) -> None:
        """Say what will stand in the form otherwise than in the source."""
        self._changed[one_line(sentence, 400)] = None

    def left(self, name: str, reason: str) -> None:
        """Say what is not taken; ``reason`` is a sentence."""
        told = _("{name} was left out. {reason}").format(name=one_line(name, _SHOWN), reason=one_line(reason, 300))
        self._left[told] = None

    def warn(self, sentence: str) -> None:
        """Say what will probably not work, or is not safe."""
        self._warnings[one_line(sentence, 400)] = None

    def twice(self, names: Iterable[str]) -> None:
        """Say which names the source gives more than once."""
        for name in list(names)[:5]:
            self.warn(_("“{name}” is given twice; the last one counts.").format(name=name))

    def finish(self) -> Imported:
        """What there is now."""
        if self.url:
            self._look_at_url()
        if any(_OPEN.search(text) for text in (self.url, literal(self._values))):
            self.warn(_("There are variables in double braces that the source gives no value: fill them in."))
        values = self._possible()
        if values.get("rejectUnauthorized") is False:
            self.warn(_("The server's certificate is not checked with these values: anybody could be the server."))
        if "proxy" in values:
            self.warn(_("Everything goes through the proxy {proxy}.").format(proxy=_shown("proxy", values["proxy"])))
        for caveat in caveats(values):
            self.warn(caveat)
        return Imported(
            title=self.title,
            source=self._source.name,
            url=self.url,
            protocol=self.protocol,
            options=values,
            namespaces=self.namespaces,
            messages=tuple(self.messages),
            notes=self.notes,
            taken=tuple(self._taken(values)),
            changed=tuple(self._changed),
            left=tuple(self._left),
            warnings=tuple(self._warnings),
        )

    def _look_at_url(self) -> None:
        if len(self.url) > _LONGEST or not self.url.isprintable():
            self.left(_("The URL"), _("It is too long, or has control characters."))
            self.url = ""
            return
        if _OPEN.search(self.url):
            return
        try:
            address = read_address(self.url, self.protocol)
        except AddressError as error:
            self._warn_of_url(str(error))
        else:
            for note in address.notes:
                self._warn_of_url(note)

    def _warn_of_url(self, sentence: str) -> None:
        self.warn(f"{self.where}: {sentence}" if self.where else sentence)

    def _possible(self) -> Mapping[str, OptionValue]:
        """The values that can be together and mean something with the protocol."""
        for name in [name for name in self._values if self.protocol not in OPTION[name].protocols]:
            protocol = _(SPOKEN[self.protocol])
            if not OPTION[name].is_default(self._values.pop(name)):
                self.left(name, _("It means nothing with {protocol}.").format(protocol=protocol))
        try:
            return check_values(self._values)
        except OptionError as error:  # each was checked: only two of them together can be wrong
            self._values.pop(error.option)
            self.left(error.option, error.sentence)
            return check_values(self._values)

    def _taken(self, values: Mapping[str, OptionValue]) -> Iterable[str]:
        if self.url:
            yield _("URL: {url}").format(url=one_line(self.url, 2 * _SHOWN))
        yield _("Protocol: {protocol}").format(protocol=_(SPOKEN[self.protocol]))
        for name, value in values.items():
            yield f"{name}: {_shown(name, value)}"
        for name, auth in self.namespaces.items():
            told = _("Namespace {name}, with an auth of its own") if auth else _("Namespace {name}")
            yield told.format(name=one_line(name, _SHOWN))
        for message in self.messages:
            yield _("Message: {text}").format(text=one_line(f"{message.event} {message.text}".strip(), _SHOWN))

    # Files of this computer

    def _paths(self, name: str, value: OptionValue) -> OptionValue:
        """The value with the paths it may have: a text of strangers must not point anywhere on this computer."""
        if OPTION[name].type is OptionType.FILE and isinstance(value, str):
            return self._path(name, value)
        if OPTION[name].type is OptionType.FILES and not isinstance(value, Mapping):
            given = value if isinstance(value, list | tuple) else [value]
            paths = [self._path(name, each) if isinstance(each, str) else each for each in given]
            return [path for path in paths if path is not None] or None
        return value

    def _path(self, name: str, path: str) -> str | None:
        if is_pem(path):
            return path
        source = self._source
        if source.origin is Origin.LINK:
            self.left(name, _("A link must not name files of this computer."))
            return None
        if "\0" in path or ".." in PurePath(path.replace("\\", "/")).parts or path.startswith("~"):
            sentence = _("The path {path} leads out of its folder. Choose the file yourself.")
            self.left(name, sentence.format(path=one_line(path, _SHOWN)))
            return None
        if source.folder is not None:
            found = source.folder / path
            if Path(path).is_absolute() or not _is_inside(found, source.folder):
                sentence = _("The path {path} leads out of its folder. Choose the file yourself.")
                self.left(name, sentence.format(path=one_line(path, _SHOWN)))
                return None
            self.changed(_("{name}: the path is taken from the folder of the file.").format(name=name))
            return str(found)
        self.warn(_("{name} names a file of this computer: {path}").format(name=name, path=one_line(path, _SHOWN)))
        return path


def _is_inside(path: Path, folder: Path) -> bool:
    """Also where a link in the folder leads out of it."""
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError, RuntimeError):
        return False


def _shown(name: str, value: OptionValue) -> str:
    """A value for a sentence; of a secret only the names in it."""
    if name == "proxy" and isinstance(value, str):
        return one_line(re.sub(r"//[^/]*@", "//…@", value), _SHOWN)
    if OPTION[name].secret or name == "query":
        if isinstance(value, Mapping):
            return one_line("{ " + ", ".join(value) + " }", _SHOWN)
        return "…"
    return one_line(literal(value), _SHOWN)
