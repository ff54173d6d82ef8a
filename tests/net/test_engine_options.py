"""What of a request follows from the options, as engine.io-client 6.6 makes it."""

import pytest

from wsgui.core.address import read_address
from wsgui.core.option_values import OptionValue
from wsgui.core.options import check_values
from wsgui.net.engine_options import EngineOptions, timestamp


def options(url: str = "http://h", **values: OptionValue) -> EngineOptions:
    return EngineOptions(read_address(url), check_values(values))


def test_the_query_of_the_url_wins_over_the_option() -> None:
    assert options("http://h/?a=1", query={"b": "2"}).query == {"a": "1"}
    assert options("http://h/?a=1").query == {"a": "1"}
    assert options("http://h/", query={"b": "2"}).query == {"b": "2"}
    assert options("http://h/?", query={"b": "2"}).query == {"b": "2"}


@pytest.mark.parametrize(
    ("path", "slash", "asked"),
    [
        ("/socket.io/", True, "/socket.io/"),
        ("/socket.io", True, "/socket.io/"),
        ("/socket.io/", False, "/socket.io"),
        ("/", True, "/"),
        ("/", False, ""),
    ],
)
def test_the_path_ends_as_add_trailing_slash_says(path: str, slash: bool, asked: str) -> None:
    assert options(path=path, addTrailingSlash=slash).request_path("polling") == asked


def test_transport_options_override_for_their_transport() -> None:
    both = options(
        extraHeaders={"A": "all"}, transportOptions={"polling": {"extraHeaders": {"A": "polling", "B": "1"}}}
    )
    assert both.headers("polling", keeps_cookies=False) == {"A": "polling", "B": "1"}
    assert both.headers("websocket", keeps_cookies=False) == {"A": "all"}


def test_webtransport_cannot_be_spoken() -> None:
    assert options().transports == ["polling", "websocket"]
    assert options(transports=["webtransport", "websocket"]).transports == ["websocket"]


def test_time_limits() -> None:
    assert options(timeout=1500).seconds("timeout") == 1.5
    assert options(timeout=False).seconds("timeout") is None
    assert options().seconds("ackTimeout") is None


def test_timestamps_differ() -> None:
    assert len({timestamp() for _n in range(100)}) == 100
