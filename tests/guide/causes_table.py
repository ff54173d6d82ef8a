"""The causes for the guide: contents, then each with its signature and fixes."""

from __future__ import annotations

from collections.abc import Iterator

from wsgui.core.causes import CODE_LANGUAGE, SECTIONS, SIDE_LABEL, Cause, Fix
from wsgui.core.i18n import _, spoken
from wsgui.core.platforms import PLATFORMS

_WORDS = {
    "en": ("On the wire: {signature}", "The built-in server cannot show it. {why}"),
    "ru": ("В обмене: {signature}", "Встроенный сервер этого показать не может. {why}"),
}
_PLATFORM_NAME = {platform.id: platform.name for platform in PLATFORMS}


def lines() -> Iterator[str]:
    """In the language in use."""
    for title, causes in SECTIONS:
        yield f"- {_(title)}: " + ", ".join(f"[{cause.id}](#{cause.id})" for cause in causes)
    yield ""
    for title, causes in SECTIONS:
        yield f"## {_(title)}\n"
        for cause in causes:
            yield from _cause(cause)


def _cause(cause: Cause) -> Iterator[str]:
    on_the_wire, not_produced = _WORDS[spoken()]
    yield f'<a id="{cause.id}"></a>\n'
    yield f"### {_(cause.title).removesuffix('.')} (`{cause.id}`)\n"
    yield f"{_(cause.explanation)}\n"
    yield on_the_wire.format(signature=_(cause.signature)) + "\n"
    if cause.why_not_produced:
        yield not_produced.format(why=_(cause.why_not_produced)) + "\n"
    for fix in cause.fixes:
        yield from _fix(fix)


def _fix(fix: Fix) -> Iterator[str]:
    yield f"**{_PLATFORM_NAME.get(fix.platform) or _(SIDE_LABEL[fix.side])}.** {_(fix.text)}\n"
    if fix.code:
        yield f"```{CODE_LANGUAGE[fix.side]}\n{fix.code}\n```\n"
