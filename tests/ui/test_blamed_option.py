"""An option that a connection fails for is marked in the form; the way out works on the window's loop."""

from __future__ import annotations

import ssl

import pytest
import trustme
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from tests.net.proxy_server import HttpProxy, SocksProxy
from tests.net.raw_server import EngineServer, hangs_up, raw_server, until_closed
from tests.ui.running import recorded, run, until, window
from wsgui.core.option_values import OptionValues
from wsgui.core.records import Kind
from wsgui.net.state import State
from wsgui.ui.options.row import OptionRow


def shown_problem(row: OptionRow) -> str:
    return row._problem_label.text() if row._problem_label.isVisibleTo(row) else ""


@pytest.mark.parametrize(
    ("options", "blamed", "said"),
    [
        ({"proxy": "PLACE"}, "proxy", "cannot be reached: Connection refused"),
        ({"cert": "-----BEGIN CERTIFICATE-----\nbroken"}, "cert", "The PEM text is no PEM certificate"),
    ],
)
def test_the_option_is_marked_until_it_is_edited(
    qapp: QApplication, options: OptionValues, blamed: str, said: str
) -> None:
    async def body() -> None:
        async with raw_server(hangs_up) as gone:
            place = gone.partition("://")[2]
        async with window() as shown:
            tab = shown.tab
            tab.address.url_edit.setText("https://127.0.0.1:9")
            given = {name: place if value == "PLACE" else value for name, value in options.items()}
            tab.options.set_values(given | {"reconnection": False, "transports": ["websocket"]})
            for _attempt in range(2):
                tab.connect_now()
                tab.options.fill()
                row = tab.options.rows[blamed]
                assert shown_problem(row) == ""
                await until(lambda: tab.status.state is State.CLOSED and not tab._busy, "the end")
                assert said in shown_problem(row)
                assert row.editor.input.property("state") == "bad"
                assert [other for other in tab.options.rows.values() if other is not row and shown_problem(other)] == []
            editor = row.editor.input
            assert isinstance(editor, QLineEdit)
            QTest.keyClicks(editor, "9")
            assert said not in shown_problem(row)

    run(qapp, body)


@pytest.mark.parametrize("transport", ["polling", "websocket"])
@pytest.mark.parametrize("kind", [HttpProxy, SocksProxy])
def test_tls_through_a_proxy_on_the_loop_of_the_window(
    qapp: QApplication, transport: str, kind: type[HttpProxy | SocksProxy]
) -> None:
    authority = trustme.CA()
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(tls)

    async def body() -> None:
        async with (
            raw_server(EngineServer(websocket=until_closed), tls) as url,
            raw_server(kind()) as proxy,
            window() as shown,
        ):
            tab = shown.tab
            tab.address.url_edit.setText(url)
            scheme = "socks5" if kind is SocksProxy else "http"
            place = proxy.partition("://")[2]
            ca = authority.cert_pem.bytes().decode()
            tab.options.set_values({"proxy": f"{scheme}://{place}", "ca": ca, "transports": [transport]})
            tab.connect_now()
            await until(lambda: bool(recorded(tab, Kind.CONNECT)), "the connection")

    run(qapp, body)
