"""No secret leaves with an export, in whatever format, wherever it stood; names and all else stay."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.exports.recorded_session import IN, NONE, OUT, Row, exchange
from wsgui.core.option_values import OptionValues
from wsgui.core.past_recording import open_recording
from wsgui.core.recording import Recording
from wsgui.core.records import Kind, Record
from wsgui.core.redact import MARK, Redaction, secrets_of
from wsgui.exports.catalogue import formats
from wsgui.exports.exporting import export

URL = "http://localhost:3000/socket.io/?EIO=4&transport=polling&token=planted-query"
AUTH, KNOWN = '{"token":"planted-auth"}', "planted-known"
HEADERS = [["Authorization", "Bearer planted-header"], ["Cookie", "io=planted-cookie; theme=planted-theme"]]
LOGIN = '2["login",{"password":"planted-\\"word","deep":"{\\"apiKey\\":\\"planted-deep\\"}"}]'
PROXY = "http://me:planted-proxy@127.0.0.1:1"
OPTIONS: OptionValues = {"auth": {"pin": KNOWN}, "query": {"token": "planted-query"}, "proxy": PROXY}

ROWS = [
    Row(Kind.STATE, NONE, None, {"state": "connecting", "url": URL}),
    Row(
        Kind.HTTP, OUT, '{"user":"me","access_token":"planted-body"}',
        {
            **exchange("POST", URL, 200, request_body=f"40/admin,{AUTH}\x1e40{AUTH}", request_headers=HEADERS),
            "headers": [["Set-Cookie", "io=planted-set-cookie; Path=/"]],
            "proxy": PROXY,
        },
        -1,
    ),
    Row(Kind.ENGINE, OUT, f"0/admin,{AUTH}", {"packet": "message", "transport": "polling"}, 2),
    Row(Kind.EVENT, OUT, LOGIN, None, -1),
    Row(Kind.EVENT, IN, f'2["you said","{KNOWN}",{{"secret":123456}}]', None, -1),
    Row(Kind.EVENT, IN, b"\x82\xa4data\xadplanted-known", None, -1),
    Row(Kind.NOTE, NONE, None, {"text": "Going through http://me:planted-proxy@127.0.0.1:1"}),
    Row(Kind.ERROR, IN, None, {"text": f"refused: {URL}", "chain": [["OSError", f"{URL} failed"]]}),
    Row(Kind.EVENT, IN, '2["news",{"monkey":"stays","tokens":17,"at":"me@example.com"}]', None, -1),
]  # fmt: skip


@pytest.fixture
def planted(tmp_path: Path) -> Iterator[Recording]:
    """A recording with a secret in each place where one can stand, the bytes of a frame among them."""
    recording = Recording(tmp_path / "planted.sqlite", URL, "socketio")
    for seq, (kind, direction, data, facts, via) in enumerate(ROWS, 1):
        raw = b"\x81\x20" + data.encode() if isinstance(data, str) and kind is Kind.EVENT else None
        own = seq if via < 0 else via
        recording.append(Record(seq, seq / 100, 1_700_000_000 + seq, 1, direction, kind, data, facts, raw, own))
    recording.tell(problem=f"{URL} could not be reached")
    recording.flush()
    yield recording
    recording.close()


@pytest.mark.parametrize("name", list(formats()))
def test_no_format_lets_a_secret_out(planted: Recording, name: str, tmp_path: Path) -> None:
    redaction = Redaction(secrets_of(OPTIONS))
    export(planted, formats()[name], tmp_path / "out", redaction=redaction)
    left = _content(tmp_path / "out")
    assert b"planted-" not in left.replace(b"planted.sqlite", b"")
    assert MARK.encode() in left
    assert {"Authorization", "Cookie: io", "Set-Cookie: io", "query.token", "proxy", "auth", "password"} <= set(
        redaction.taken
    )
    export(planted, formats()[name], tmp_path / "whole")
    assert b"planted-query" in _content(tmp_path / "whole")


def test_what_is_no_secret_stays(planted: Recording, tmp_path: Path) -> None:
    export(planted, formats()["wsgui"], tmp_path / "out", redaction=Redaction(secrets_of(OPTIONS)))
    with closing(open_recording(tmp_path / "out")) as left:
        assert left.count == len(ROWS)
        news = left.record(len(ROWS))
        assert (news.data, news.raw) == (ROWS[-1].data, b"\x81\x20" + str(ROWS[-1].data).encode())
        assert left.record(4).raw is None
        assert left.record(4).data == f'2["login",{{"password":"{MARK}","deep":"{{\\"apiKey\\":\\"{MARK}\\"}}"}}]'
        assert left.record(6).data == b"\x82\xa4data\xad*************"


def test_what_was_taken_out_is_told_by_name() -> None:
    redaction = Redaction({"open sesame": "auth"})
    redaction.text("X-Api-Key: 1234")
    assert redaction.text("open sesame, open sesame") == f"{MARK}, {MARK}"
    assert redaction.summary == "auth ×2, X-Api-Key"
    assert Redaction().summary == ""


def _content(path: Path) -> bytes:
    data = path.read_bytes()
    return gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data
