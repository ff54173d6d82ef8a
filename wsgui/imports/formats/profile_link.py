"""A ``wsgui://`` link: a connection that wsgui wrote, as base64url behind ``wsgui://connect#``.

Whoever clicks on it is asked first; a link is written by somebody else. What it carries stands behind ``#``, so that a
web server that the link is led through does not see it.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from dataclasses import replace

from wsgui.core.i18n import N_, _
from wsgui.core.profiles.text import LINK
from wsgui.imports.careful_json import read_json
from wsgui.imports.formats.profile import connection
from wsgui.imports.imported import Imported, NotImportedError
from wsgui.imports.source import Origin, Source

TITLE = N_("wsgui:// link")

_LONGEST = 200_000
"""Characters. Systems hand on a tenth of that."""


def recognises(source: Source) -> bool:
    """By its scheme."""
    return source.text.lstrip().lower().startswith("wsgui:")


def read(source: Source) -> Sequence[Imported]:
    """The one connection; whatever way the link came, its text counts as somebody else's."""
    text = source.text.strip()
    match = re.fullmatch(re.escape(LINK) + r"/?#?([A-Za-z0-9_=-]+)", text, re.IGNORECASE)
    if len(text) > _LONGEST or match is None:
        sentence = _("This link is not one that wsgui made: it does not read {link}… or was cut off.")
        raise NotImportedError(sentence.format(link=f"{LINK}#"))
    code = match[1].rstrip("=")
    try:
        content = base64.urlsafe_b64decode(code + "=" * (-len(code) % 4)).decode()
    except ValueError as error:
        raise NotImportedError(_("The link is damaged: what it carries is no text.")) from error
    source = replace(source, name=_("The link"), origin=Origin.LINK, folder=None)
    return [connection(source, read_json(content, source.name))]
