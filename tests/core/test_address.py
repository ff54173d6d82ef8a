"""The URL field: what ``io(url)`` makes of a URL, what is said about it, and what is refused with a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wsgui.core.address import Address, AddressError, read_address
from wsgui.core.option_types import Protocol

READ = [
    ("http://localhost:3000", Address(False, "localhost", 3000)),
    ("  https://Example.COM/ ", Address(True, "example.com", 443)),
    ("ws://h", Address(False, "h", 80)),
    ("wss://h:8443", Address(True, "h", 8443)),
    ("HTTP://h:", Address(False, "h", 80)),
    ("http://[::1]:3000/", Address(False, "::1", 3000)),
    ("http://[::1]", Address(False, "::1", 80)),
    ("http://127.0.0.1:65535", Address(False, "127.0.0.1", 65535)),
    ("http://bücher.example", Address(False, "xn--bcher-kva.example", 80)),
    ("http://пример.рф:1", Address(False, "xn--e1afmkfd.xn--p1ai", 1)),
    ("http://h?a=1", Address(False, "h", 80, query={"a": "1"})),
    ("http://h/?a=x+y%20z&a=2&b&c=1=2", Address(False, "h", 80, query={"a": "2", "b": "", "c": "1=2"})),
    ("http://h/?a=x+y", Address(False, "h", 80, query={"a": "x+y"})),
]

REFUSED = [
    ("", "Enter the server's URL"),
    ("   ", "Enter the server's URL"),
    ("undefined", "“undefined”"),
    ("null", "“null”"),
    ("localhost:3000", "Write http://localhost:3000 or"),
    ("//localhost", "Write http://localhost or"),
    ("ftp://h", "“ftp://”"),
    ("http://", "names no host"),
    ("http:///path", "names no host"),
    ("http://:3000", "names no host"),
    ("http://my host/", "space"),
    ("http://h:0", "Port 0 does not exist"),
    ("http://h:70000", "Port 70000 does not exist"),
    ("http://h:abc", "“abc” is no port"),
    ("http://h:-1", "“-1” is no port"),
    ("http://h:1٣", "is no port"),
    ("http://h:99999999999", "is no port"),
    ("http://[::1", "not valid"),
    ("http://[zz]", "not valid"),
    ("http://h<b>", "a character that no host name has"),
    ("http://h|x", "a character that no host name has"),
    ("http://ex\u200bample.🙂..de", "no valid name"),
]


@pytest.mark.parametrize(("text", "address"), READ, ids=[text for text, _address in READ])
def test_read_as_io_reads_it(text: str, address: Address) -> None:
    assert read_address(text) == address


@pytest.mark.parametrize(("text", "said"), REFUSED, ids=[text for text, _said in REFUSED])
def test_refused_with_one_sentence(text: str, said: str) -> None:
    with pytest.raises(AddressError) as refusal:
        read_address(text)
    sentence = str(refusal.value)
    assert said in sentence
    assert "\n" not in sentence
    assert sentence.endswith(".")


def test_the_path_is_the_namespace_and_that_is_said() -> None:
    address = read_address("http://h/admin/?a=1")
    assert address.namespace == "/admin/"
    assert address.query == {"a": "1"}
    assert ["/admin/ is the Socket.IO namespace" in note for note in address.notes] == [True]


def test_a_password_and_a_fragment_are_not_sent_and_that_is_said() -> None:
    address = read_address("http://user:pa:ss@h:1/#part")
    assert (address.host, address.port, address.namespace) == ("h", 1, "/")
    assert [("password" in note, "#" in note) for note in address.notes] == [(True, False), (False, True)]


def test_the_url_of_a_request() -> None:
    address = read_address("wss://[::1]:3000/?a=1")
    assert address.url() == "https://[::1]:3000"
    assert (
        address.url("/socket.io/", {"a": "b c&d=ü'(!)*~"}) == "https://[::1]:3000/socket.io/?a=b%20c%26d%3D%C3%BC'(!)*~"
    )
    assert address.url("/x", websocket=True) == "wss://[::1]:3000/x"
    assert read_address("http://h:80").url() == "http://h"
    assert read_address("http://h:443").url() == "http://h:443"
    assert read_address("https://h:443").url() == "https://h"


def test_a_lone_surrogate_in_the_query_does_not_break_the_url() -> None:
    assert read_address("http://h").url("/", {"a": "\ud800"}).isascii()


@given(st.text() | st.from_regex(r"(https?|wss?)://[^ ]{0,30}") | st.text("htps:/w.[]@?#&=%0a9é"))
def test_a_text_is_an_address_or_refused(text: str) -> None:
    try:
        address = read_address(text)
    except AddressError:
        return
    assert 1 <= address.port <= 65535
    assert address.host.isascii()
    assert read_address(address.url()).netloc == address.netloc


WEBSOCKET = [  # each as `new URL(…)` of JavaScript has it in pathname and search
    ("ws://h", "/", ""),
    ("ws://h?x", "/?x", ""),
    ("ws://h/?", "/", ""),
    ("ws://h:1/a/b/", "/a/b/", ""),
    ("ws://user:p%40ss@h/a b/../ж?x=1&y= ü", "/%D0%B6?x=1&y=%20%C3%BC", "user:p%40ss"),
    ("wss://h//x//y", "//x//y", ""),
    ("ws://h/a%20b?q='\"<>", "/a%20b?q=%27%22%3C%3E", ""),
    ("ws://h/../..//x", "//x", ""),
    ("ws://h/a/./b/..", "/a/", ""),
    ("http://h/a|b[]{}`^\\c?a|b[]{}`^\\c", "/a|b[]%7B%7D%60^/c?a|b[]{}`^\\c", ""),
]


@pytest.mark.parametrize(("text", "target", "credentials"), WEBSOCKET, ids=[row[0] for row in WEBSOCKET])
def test_for_a_websocket_the_path_is_the_path(text: str, target: str, credentials: str) -> None:
    address = read_address(text, Protocol.WEBSOCKET)
    assert (address.target, address.credentials) == (target, credentials)
    assert (address.namespace, address.query, address.notes) == ("/", {}, ())


def test_a_websocket_refuses_a_fragment_as_javascript_does() -> None:
    with pytest.raises(AddressError, match="after #"):
        read_address("ws://h/#part", Protocol.WEBSOCKET)
    assert read_address("ws://h/#", Protocol.WEBSOCKET).target == "/"


def test_a_password_is_no_port() -> None:
    assert read_address("http://user:secret@h").port == 80
