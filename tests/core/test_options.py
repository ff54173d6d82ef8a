"""The table is sound, and what a person gives is checked in one sentence."""

import importlib
import json
import math

import pytest

from wsgui.core.option_types import Fidelity, Group, Option, OptionType, Protocol
from wsgui.core.option_values import OptionValue, OptionValues, literal, same_value
from wsgui.core.options import OPTION, OPTIONS, OptionError, caveats, check_values, problems, value_of

EVERY_OPTION = pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.name)

DOCUMENTED = """
    forceNew multiplex host hostname port secure path addTrailingSlash query transports transportImplementations
    tryAllTransports upgrade rememberUpgrade forceBase64 timestampParam timestampRequests requestTimeout
    transportOptions extraHeaders withCredentials protocols perMessageDeflate closeOnBeforeunload useNativeTimers
    autoUnref agent pfx key passphrase cert ca ciphers rejectUnauthorized localAddress protocolVersion origin maxPayload
    family checkServerIdentity autoConnect reconnection reconnectionAttempts reconnectionDelay reconnectionDelayMax
    randomizationFactor timeout parser auth retries ackTimeout

    jsonp forceJSONP enablesXDR onlyBinaryUpgrades forceNode policyPort
"""
"""Of version 4, and those that only version 2 has."""


def test_the_table_has_every_option_of_the_client_once() -> None:
    names = [option.name for option in OPTIONS if option.fidelity is not Fidelity.OWN]
    assert sorted(names) == sorted(DOCUMENTED.split())


@EVERY_OPTION
def test_a_default_passes_its_own_check(option: Option) -> None:
    assert same_value(option.check(option.default), option.default)
    if option.default is not None:
        assert same_value(option.check(json.loads(json.dumps(option.default))), option.default)


@EVERY_OPTION
def test_a_row_speaks_to_people(option: Option) -> None:
    assert option.label[0].isupper()
    assert not option.label.endswith(".")
    for text in (option.help, option.caveat or "None."):
        assert text.endswith(".")
        assert "  " not in text


@EVERY_OPTION
def test_a_range_is_sane(option: Option) -> None:
    if option.type is OptionType.NUMBER:
        assert option.minimum is not None
        assert option.maximum is None or option.maximum > option.minimum
        if isinstance(option.default, int | float):
            assert option.minimum <= option.default
            assert option.default != math.inf or option.allows_infinity
    else:
        assert option.minimum is None
        assert option.maximum is None
        assert not option.unit
    assert bool(option.choices) == (option.type is OptionType.CHOICE)
    assert option.protocols


@EVERY_OPTION
def test_what_is_outside_says_why(option: Option) -> None:
    if option.fidelity is not Fidelity.SAME:
        assert option.caveat


def test_groups_stand_together_in_the_order_of_the_form() -> None:
    order = list(Group)
    positions = [order.index(option.group) for option in OPTIONS]
    assert positions == sorted(positions)
    assert set(positions) == set(range(len(order)))


@pytest.mark.parametrize("group", Group, ids=lambda group: group.name.lower())
def test_a_row_stands_in_the_file_of_its_group(group: Group) -> None:
    file = importlib.import_module(f"wsgui.core.options.{group.name.lower()}")
    assert [option for option in OPTIONS if option.group is group] == list(file.ROWS)


@pytest.mark.parametrize(
    ("name", "given", "normal"),
    [
        ("path", "/my/", "/my"),
        ("path", "/", "/"),
        ("port", 3000.0, 3000),
        ("timeout", False, False),
        ("timeout", 0, 0),
        ("timeout", None, 20000),
        ("reconnectionAttempts", math.inf, math.inf),
        ("randomizationFactor", 0.25, 0.25),
        ("transports", ("websocket",), ["websocket"]),
        ("protocols", "chat", ["chat"]),
        ("query", "a=1&b=", {"a": "1", "b": ""}),
        ("query", {"v": 2, "debug": True}, {"v": "2", "debug": "true"}),
        ("extraHeaders", {"X-Test": 1.5}, {"X-Test": "1.5"}),
        ("auth", {"n": 1.0}, {"n": 1}),
        ("perMessageDeflate", False, False),
        ("perMessageDeflate", True, True),
        ("transportOptions", {"polling": {"extraHeaders": {"A": 1}}}, {"polling": {"extraHeaders": {"A": "1"}}}),
        ("ca", ["a.pem", "b.pem"], ["a.pem", "b.pem"]),
        ("parser", "socket.io-msgpack-parser", "msgpack"),
        ("family", 4, 4),
        ("localAddress", "::1", "::1"),
        ("agent", {"any": ["thing"]}, {"any": ["thing"]}),
    ],
)
def test_a_good_value_gets_its_normal_shape(name: str, given: OptionValue, normal: OptionValue) -> None:
    assert same_value(OPTION[name].check(given), normal)


@pytest.mark.parametrize(
    ("name", "bad", "words"),
    [
        ("path", "socket.io", 'must begin with "/"'),
        ("path", "/a?b=c", "query"),
        ("path", "/a\nb", "control character"),
        ("port", 0, "from 1 to 65535"),
        ("port", 70000, "not 70000"),
        ("port", "3000", 'not "3000"'),
        ("upgrade", 1, "true or false"),
        ("timeout", math.inf, "or false, not Infinity"),
        ("timeout", math.nan, "not"),
        ("timeout", True, "not true"),
        ("timeout", 2**31, "2147483647 ms"),
        ("reconnectionDelay", 1.5, "whole number"),
        ("reconnectionDelay", False, "not false"),
        ("reconnectionAttempts", -math.inf, "or Infinity"),
        ("randomizationFactor", 1.1, "from 0 to 1"),
        ("transports", [], "No transports available"),
        ("transports", ["websockets"], 'not "websockets"'),
        ("transports", ["polling", "polling"], "twice"),
        ("transports", "websocket", '["polling", "websocket"]'),
        ("protocols", ["a b"], "no spaces"),
        ("protocols", ["a", "a"], "twice"),
        ("protocols", 5, "list of names"),
        ("query", ["a"], "object of texts"),
        ("query", {"a": ["b"]}, "the value of a"),
        ("extraHeaders", {"a b": "c"}, "no valid header name"),
        ("extraHeaders", {"A": "x\r\nB: y"}, "line breaks"),
        ("extraHeaders", {"A": "ж"}, "Latin-1"),
        ("auth", "token", '{ "token": "abc" }'),
        ("auth", {"n": math.inf}, "no Infinity"),
        ("perMessageDeflate", 15, "or false"),
        ("transportOptions", {"websockets": {}}, '"websockets"'),
        ("transportOptions", {"polling": 1}, "polling must be"),
        ("transportOptions", [], "must be an object"),
        ("transportOptions", {"polling": {"extraHeaders": 0}}, "transportOptions.polling.extraHeaders must be"),
        ("ca", 5, "PEM"),
        ("key", " ", "PEM"),
        ("parser", "json", '"default", "msgpack"'),
        ("family", 5, "0, 4, 6"),
        ("localAddress", "localhost", "IP address"),
        ("localAddress", 5, "text"),
    ],
)
def test_a_bad_value_is_refused_in_one_sentence(name: str, bad: OptionValue, words: str) -> None:
    with pytest.raises(OptionError) as refused:
        OPTION[name].check(bad)
    assert refused.value.option == name
    assert refused.value.sentence.startswith(name)
    assert words in refused.value.sentence
    assert refused.value.sentence.endswith(".")
    assert len(refused.value.sentence.splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("timeout", "5000", 5000),
        ("timeout", " false ", False),
        ("timeout", "1e3", 1000),
        ("timeout", "", 20000),
        ("reconnectionAttempts", "infinity", math.inf),
        ("randomizationFactor", ".5", 0.5),
        ("auth", '{"a": [1]}', {"a": [1]}),
        ("auth", "", None),
        ("origin", "https://a.example", "https://a.example"),
        ("perMessageDeflate", "false", False),
    ],
)
def test_typed_text_is_parsed(name: str, typed: str, value: OptionValue) -> None:
    assert same_value(OPTION[name].parse(typed), value)


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("timeout", "abc", 'not "abc"'),
        ("timeout", "0,5", "whole number"),
        ("auth", '{"a": 1,\n  b}', "line 2, column 3"),
        ("auth", "[1]", "must be an object"),
    ],
)
def test_typed_text_that_cannot_be_is_refused(name: str, typed: str, words: str) -> None:
    with pytest.raises(OptionError, match=words):
        OPTION[name].parse(typed)


def test_only_what_differs_is_kept_in_the_order_of_the_table() -> None:
    given: OptionValues = {"forceNew": True, "timeout": 20000, "path": "/socket.io/", "transports": ["polling"]}
    assert list(check_values(given).items()) == [("transports", ["polling"]), ("forceNew", True)]


def test_false_is_not_zero_and_a_given_zero_is_kept() -> None:
    assert check_values({"timeout": 0}) == {"timeout": 0}
    assert check_values({"timeout": False})["timeout"] is False
    assert check_values({"requestTimeout": 0}) == {}
    assert not same_value(False, 0)
    assert not same_value([1], [True])
    assert same_value({"a": 1, "b": 2}, {"b": 2.0, "a": 1})


def test_a_value_or_its_default() -> None:
    assert value_of({"timeout": False}, "timeout") is False
    assert value_of({}, "reconnectionAttempts") == math.inf


def test_an_unknown_name_comes_with_the_nearest_one() -> None:
    with pytest.raises(OptionError, match="Attempt; did you mean reconnectionAttempts") as refused:
        check_values({"reconnectionAttempt": 3})
    assert refused.value.option == "reconnectionAttempt"
    assert "did you mean" not in str(problems({"qqqq": 1})[0])


def test_all_problems_are_found_in_one_go() -> None:
    bad: OptionValues = {"timeout": -1, "nosuch": 1, "upgrade": False, "transports": []}
    assert [problem.option for problem in problems(bad)] == ["timeout", "nosuch", "transports"]


def test_transport_classes_beside_transports_are_refused_as_in_javascript() -> None:
    both: OptionValues = {"transports": ["polling"], "transportImplementations": ["Fetch"]}
    assert [problem.option for problem in problems(both)] == ["transportImplementations"]
    assert not problems({"transportImplementations": ["Fetch"]})


def test_a_caveat_is_told_where_it_matters() -> None:
    exact: OptionValues = {
        "transports": ["websocket"],
        "transportOptions": {"polling": {"query": {"a": "b"}}},
        "perMessageDeflate": {"threshold": 0},
        "forceNew": True,
        "timeout": 5,
    }
    assert caveats(exact) == []
    assert caveats({"transports": ["webtransport"], "agent": {}}) == [
        "transports: webtransport (HTTP/3) is not available here and is left out.",
        f"agent: {OPTION['agent'].caveat}",
    ]
    assert len(caveats({"transportOptions": {"polling": {"ca": "own.pem"}}, "perMessageDeflate": {}})) == 1


def test_options_are_marked_for_the_protocols_they_mean_something_to() -> None:
    assert OPTION["auth"].protocols == {Protocol.SOCKETIO}
    assert OPTION["jsonp"].protocols == {Protocol.SOCKETIO_V2}
    assert OPTION["origin"].protocols == {Protocol.SOCKETIO, Protocol.WEBSOCKET}
    assert OPTION["path"].protocols == {Protocol.SOCKETIO, Protocol.SOCKETIO_V2}
    assert Protocol.WEBSOCKET in OPTION["protocols"].protocols


def test_a_long_value_is_cut_in_the_sentence() -> None:
    with pytest.raises(OptionError) as refused:
        OPTION["upgrade"].check("x" * 1000)
    assert len(refused.value.sentence) < 120


@pytest.mark.parametrize(
    ("value", "javascript"),
    [
        (None, "null"),
        (-math.inf, "-Infinity"),
        ({"a": [1, True], "b-c": "x"}, '{ a: [1, true], "b-c": "x" }'),
        ({"__proto__": 1}, '{ ["__proto__"]: 1 }'),
        ("\u2028\ud800é\n", '"\\u2028\\ud800é\\n"'),
        ({}, "{}"),
    ],
)
def test_a_value_is_written_as_javascript_does(value: OptionValue, javascript: str) -> None:
    assert literal(value) == javascript
