"""Which variables count, and what people stumble over: quotes, spaces, schemes, localhost in production, paths."""

from __future__ import annotations

import pytest

from tests.imports.reading import connection, connections
from wsgui.core.protocol import Protocol
from wsgui.imports.imported import NotImportedError


@pytest.mark.parametrize(
    "name",
    [
        "NEXT_PUBLIC_SOCKETIO_URL",
        "NEXT_PUBLIC_SOCKET_URL",
        "VITE_WS_URL",
        "REACT_APP_SOCKET_IO_SERVER_URL",
        "SOCKET_URL",
        "WEBSOCKET_ENDPOINT",
        "PUBLIC_REALTIME_HOST",
        "NUXT_WSS_URI",
    ],
)
def test_the_names_that_count(name: str) -> None:
    found = connection(f"DATABASE_URL=postgres://h\n{name}=https://a.example\n", ".env.local")
    assert (found.title, found.url, found.source) == (name, "https://a.example", ".env.local")
    assert not found.changed + found.left + found.warnings


@pytest.mark.parametrize("name", ["DATABASE_URL", "NEWS_URL", "PRESOCKET", "WS_URL_LABEL", "API_URL"])
def test_the_names_that_do_not_count(name: str) -> None:
    with pytest.raises(NotImportedError, match=r"\.env has no variable such as NEXT_PUBLIC_SOCKETIO_URL"):
        connections(f"{name}=https://a.example\n", ".env")


@pytest.mark.parametrize(
    ("line", "url", "said"),
    [
        ('SOCKET_URL="https://a.example"', "https://a.example", ".env.production, line 1: the value is in quotes"),
        ("SOCKET_URL='https://a.example'", "https://a.example", ".env.production, line 1: the value is in quotes"),
        ("SOCKET_URL = https://a.example", "https://a.example", ".env.production, line 1: there are spaces"),
        ("SOCKET_URL=https://a.example ", "https://a.example", ".env.production, line 1: there are spaces"),
        ('SOCKET_URL=" https://a.example"', "https://a.example", ".env.production, line 1: there are spaces"),
        ("SOCKET_URL=a.example", "https://a.example", ".env.production, line 1: the URL has no scheme; https:// was"),
        (
            "SOCKET_URL=localhost:3000",
            "http://localhost:3000",
            ".env.production, line 1: the URL has no scheme; http://",
        ),
        ("SOCKET_URL=https://localhost", "https://localhost", "line 1: this is the file for production, and localhost"),
        ("SOCKET_URL=https://127.0.0.1:1", "https://127.0.0.1:1", "line 1: this is the file for production, and 127."),
        ("SOCKET_URL=http://a.example", "http://a.example", ".env.production, line 1: no TLS in production"),
        ("SOCKET_URL=https://a.example/api", "https://a.example/api", "line 1: The URL's path /api is the Socket.IO"),
        ("SOCKET_URL=https://a.example/socket.io/", "https://a.example", "line 1: /socket.io is the HTTP path"),
        (
            'SOCKET_URL="https://a.example',
            "https://a.example",
            "line 1: a quote is opened and not closed",
        ),
        ("SOCKET_URL=x\nSOCKET_URL=https://a.example", "https://a.example", "“SOCKET_URL” is given twice"),
        (
            "SOCKET_URL=wss://a.example",
            "wss://a.example",
            "does not say whether this is Socket.IO or a plain",
        ),
        ("SOCKET_URL=undefined", "", "SOCKET_URL was left out. It has no value in line 1."),
        ("SOCKET_URL=https://$NOWHERE/", "https:///", "$NOWHERE was left out. The file gives it no value."),
    ],
)
def test_what_people_stumble_over(line: str, url: str, said: str) -> None:
    found = connection(line + "\n", ".env.production")
    assert found.url == url
    assert any(said in sentence for sentence in found.changed + found.left + found.warnings)


def test_it_is_read_as_dotenv_does() -> None:
    text = (
        '# SOCKET_URL=no\r\nexport HOST=a.example # the host\r\nNOTE="two\nlines"\n'
        "SOCKET_URL=https://${HOST}:${PORT:-8443} # here\nSOCKETIO_PATH=/io\n"
    )
    found = connection(text, ".env")
    assert found.url == "https://a.example:8443"
    assert found.options == {"path": "/io"}
    assert "path is the value of SOCKETIO_PATH." in found.changed


def test_a_plain_websocket_is_told_by_name_and_scheme() -> None:
    found = connections("WS_URL=wss://a.example/live?x=1\nSOCKETIO_URL=wss://b.example", ".env")
    assert [each.protocol for each in found] == [Protocol.WEBSOCKET, Protocol.SOCKETIO]


def test_it_is_recognised_without_its_name() -> None:
    assert connection("A=1\nNEXT_PUBLIC_SOCKET_URL=https://a.example").url == "https://a.example"
