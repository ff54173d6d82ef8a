"""The address of a proxy as it is typed, and what the environment says."""

import pytest

from wsgui.core.options import OptionError, check_values
from wsgui.core.proxy import (
    ProxyAddress,
    ProxyAddressError,
    environment_proxy,
    is_exempt,
    read_proxy,
    with_default_proxy,
)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("http://proxy:3128", ProxyAddress("http", "proxy", 3128)),
        ("proxy:3128", ProxyAddress("http", "proxy", 3128)),
        ("  proxy  ", ProxyAddress("http", "proxy", 80)),
        ("HTTPS://Proxy.Example.org/", ProxyAddress("https", "proxy.example.org", 443)),
        ("socks5h://[::1]:9050", ProxyAddress("socks5h", "::1", 9050)),
        ("socks4://me@10.0.0.1", ProxyAddress("socks4", "10.0.0.1", 1080, "me")),
        ("http://me%40home:w%3Ard@proxy:1", ProxyAddress("http", "proxy", 1, "me@home", "w:rd")),
    ],
)
def test_an_address(text: str, address: ProxyAddress) -> None:
    assert read_proxy(text) == address
    assert check_values({"proxy": text}) == {"proxy": text.strip()}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ftp://proxy", "A proxy may be http, https, socks4"),
        ("http://", "is written as http://host:port"),
        ("http://proxy:0", "is written as"),
        ("http://proxy:70000", "is written as"),
        ("http://proxy:port", "is written as"),
        ("http://a b:80", "is written as"),
        ("http://[::1", "is written as"),
        ("http://proxy:80/path", "nothing may follow"),
        ("http://proxy:80?a=1", "nothing may follow"),
    ],
)
def test_what_is_no_address_is_refused_in_a_sentence(text: str, said: str) -> None:
    with pytest.raises(ProxyAddressError, match=said):
        read_proxy(text)
    with pytest.raises(OptionError, match=said) as refusal:
        check_values({"proxy": text})
    assert refusal.value.option == "proxy"


def test_an_address_is_shown_without_its_credentials() -> None:
    assert str(read_proxy("http://me:word@[::1]:3128")) == "http://[::1]:3128"


@pytest.mark.parametrize(
    ("environment", "plain", "secure"),
    [
        ({}, "", ""),
        ({"HTTP_PROXY": "a", "HTTPS_PROXY": "b"}, "a", "b"),
        ({"HTTP_PROXY": "a", "http_proxy": "c", "https_proxy": " "}, "c", ""),
        ({"ALL_PROXY": "d"}, "d", "d"),
        ({"all_proxy": "d", "HTTPS_PROXY": "b"}, "d", "b"),
    ],
)
def test_the_environment(environment: dict[str, str], plain: str, secure: str) -> None:
    assert environment_proxy(environment, secure=False) == plain
    assert environment_proxy(environment, secure=True) == secure


@pytest.mark.parametrize(
    ("listed", "exempt"),
    [
        ("*", True),
        ("example.org", True),
        (".example.org", True),
        ("*.example.org", True),
        ("API.Example.ORG.", True),
        ("other.org, api.example.org:8443", True),
        ("other.org api.example.org", True),
        ("api.example.org:443", False),
        ("ample.org", False),
        ("sub.api.example.org", False),
        (",", False),
        ("", False),
    ],
)
def test_hosts_that_need_no_proxy(listed: str, exempt: bool) -> None:
    assert is_exempt({"NO_PROXY": listed}, "api.example.org", 8443) is exempt


@pytest.mark.parametrize(
    ("listed", "host", "exempt"),
    [
        ("10.0.0.0/8", "10.1.2.3", True),
        ("10.1.2.3", "10.1.2.3", True),
        ("10.1.2.3:8443", "10.1.2.3", True),
        ("10.1.2.3:80", "10.1.2.3", False),
        ("[fe80::/10]", "fe80::1", True),
        ("::1", "::1", True),
        ("10.0.0.0/8", "11.0.0.1", False),
        ("2.3", "10.1.2.3", False),
        ("10.0.0.0/8", "ten.example.org", False),
    ],
)
def test_addresses_that_need_no_proxy(listed: str, host: str, exempt: bool) -> None:
    assert is_exempt({"no_proxy": listed}, host, 8443) is exempt


@pytest.mark.parametrize(
    ("values", "host", "expected"),
    [
        ({}, "api.example.org", {"proxy": "proxy:1"}),
        ({"timeout": 1}, "api.example.org", {"timeout": 1, "proxy": "proxy:1"}),
        ({"proxy": "own:2"}, "api.example.org", {"proxy": "own:2"}),
        ({}, "localhost", {}),
        ({}, "app.localhost.", {}),
        ({}, "127.0.0.9", {}),
        ({}, "::1", {}),
        ({}, "10.1.2.3", {}),
    ],
)
def test_the_default_proxy(values: dict[str, object], host: str, expected: dict[str, object]) -> None:
    assert with_default_proxy(values, "proxy:1", host, 443, {"NO_PROXY": "10.0.0.0/8"}) == expected  # type: ignore[arg-type]
    assert with_default_proxy(values, "", host, 443, {}) == values  # type: ignore[arg-type]
