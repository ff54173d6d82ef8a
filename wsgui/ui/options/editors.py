"""Which editor an option gets."""

from __future__ import annotations

from wsgui.core.option_types import Option, OptionType
from wsgui.ui.options.editor import OptionEditor
from wsgui.ui.options.file_editor import FileEditor
from wsgui.ui.options.json_editor import JsonEditor
from wsgui.ui.options.pair_table import PairTable
from wsgui.ui.options.simple_editors import CheckEditor, ChoiceEditor, LineEditor
from wsgui.ui.options.transport_list import TransportList

_EDITORS: dict[OptionType, type[OptionEditor]] = {
    OptionType.BOOLEAN: CheckEditor,
    OptionType.NUMBER: LineEditor,
    OptionType.TEXT: LineEditor,
    OptionType.PATH: LineEditor,
    OptionType.IP_ADDRESS: LineEditor,
    OptionType.PROXY: LineEditor,
    OptionType.CHOICE: ChoiceEditor,
    OptionType.TRANSPORTS: TransportList,
    OptionType.TOKENS: LineEditor,
    OptionType.QUERY: PairTable,
    OptionType.HEADERS: PairTable,
    OptionType.OBJECT: JsonEditor,
    OptionType.OBJECT_OR_BOOLEAN: JsonEditor,
    OptionType.TRANSPORT_OPTIONS: JsonEditor,
    OptionType.FILE: FileEditor,
    OptionType.FILES: FileEditor,
    OptionType.OPAQUE: JsonEditor,
}


def make_editor(option: Option) -> OptionEditor:
    """A new editor for ``option``; it shows nothing yet."""
    if option.type is OptionType.BOOLEAN and option.default is None:
        return ChoiceEditor(option)
    return _EDITORS[option.type](option)
