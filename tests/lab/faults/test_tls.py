"""Faults of TLS, seen with OpenSSL."""

from __future__ import annotations

import asyncio
import ssl
import warnings

import pytest

from tests.lab.faults.probe import ask, dial, get
from wsgui.lab.catalogue import faults
from wsgui.lab.offer import Fault

FAULTS = faults()


def trusting(fault: Fault, url: str, alpn: str = "http/1.1") -> ssl.SSLContext:
    """What a client does with the options of the fault."""
    file = fault.options(url).get("ca")
    context = ssl.create_default_context(cafile=str(file) if file else None)
    context.set_alpn_protocols([alpn])
    return context


def trusting_all() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("certificate-expired", 10),
        ("certificate-not-yet-valid", 9),
        ("certificate-wrong-host", 64),
        ("certificate-common-name", 64),
        ("certificate-self-signed", 18),
        ("certificate-missing-intermediate", 20),
        ("certificate-private-authority", 20),
        ("tls-intercepted", 20),
    ],
)
async def test_the_certificate_has_this_and_no_other_fault(name: str, code: int) -> None:
    fault = FAULTS[name]
    async with fault.serve(0) as url:
        with pytest.raises(ssl.SSLCertVerificationError) as caught:
            await ask(url, get(), trusting(fault, url))
        assert caught.value.verify_code == code
        assert (await ask(url, get(), trusting_all())).status == 200


async def test_the_gateway_has_a_name_that_is_known() -> None:
    async with FAULTS["tls-intercepted"].serve(0) as url, dial(url, trusting_all()) as line:
        certificate = line.writer.get_extra_info("ssl_object").getpeercert(binary_form=True)
        assert b"Zscaler Intermediate Root CA" in certificate


@pytest.mark.parametrize(
    ("name", "alert"),
    [
        ("tls-version", "TLSV1_ALERT_PROTOCOL_VERSION"),
        ("tls-cipher", "SSLV3_ALERT_HANDSHAKE_FAILURE"),
        ("sni-rejected", "TLSV1_UNRECOGNIZED_NAME"),
        ("http2-only", "no application protocol"),
        ("tls-to-http-port", "WRONG_VERSION_NUMBER"),
    ],
)
async def test_the_handshake_fails(name: str, alert: str) -> None:
    fault = FAULTS[name]
    async with fault.serve(0) as url:
        with pytest.raises(ssl.SSLError, match=rf"(?i){alert}"):
            await ask(url, get(), trusting(fault, url))


async def test_an_old_client_gets_on_with_an_old_server() -> None:
    context = trusting_all()
    context.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = ssl.TLSVersion.TLSv1_1
    async with FAULTS["tls-version"].serve(0) as url:
        assert (await ask(url, get(), context)).status == 200


async def test_a_client_that_has_the_cipher_gets_on() -> None:
    context = trusting_all()
    context.set_ciphers("ECDHE-ECDSA-CAMELLIA128-SHA256:@SECLEVEL=0")
    async with FAULTS["tls-cipher"].serve(0) as url:
        assert (await ask(url, get(), context)).status == 200


async def test_http2_is_spoken_to_who_offers_it() -> None:
    fault = FAULTS["http2-only"]
    async with fault.serve(0) as url, dial(url, trusting(fault, url, "h2")) as line:
        assert line.writer.get_extra_info("ssl_object").selected_alpn_protocol() == "h2"
        await line.until(rb"\x00\x00\x06\x04\x00")  # the head of a SETTINGS frame


async def test_a_client_certificate_is_wanted() -> None:
    fault = FAULTS["client-certificate-required"]
    async with fault.serve(0) as url, dial(url, trusting(fault, url)) as line:
        assert line.writer.get_extra_info("ssl_object").version() == "TLSv1.3"
        with pytest.raises(ssl.SSLError, match="CERTIFICATE_REQUIRED"):
            await line.reader.read(1)


@pytest.mark.parametrize(
    ("name", "status", "words"),
    [
        ("client-certificate-required-nginx", 400, b"No required SSL certificate was sent"),
        ("sni-misdirected", 421, b"421 Misdirected Request"),
    ],
)
async def test_the_front_says_it_in_http(name: str, status: int, words: bytes) -> None:
    fault = FAULTS[name]
    async with fault.serve(0) as url:
        answer = await ask(url, get(), trusting(fault, url))
        assert answer.status == status
        assert words in answer.body


async def test_plain_http_gets_no_byte_from_a_tls_port() -> None:
    async with FAULTS["http-to-tls-port"].serve(0) as url, dial(url) as line:
        assert url.startswith("http://")
        await line.say(get())
        assert await line.rest() in (b"", b"<RST>")


@pytest.mark.parametrize("name", ["http-to-tls-port", "http-to-tls-port-nginx"])
async def test_https_is_well_on_a_tls_port(name: str) -> None:
    fault = FAULTS[name]
    async with fault.serve(0) as url:
        assert (await ask(url, get(), trusting(fault, url))).status == 200


async def test_a_redirect_to_https_leads_to_a_healthy_server() -> None:
    fault = FAULTS["redirect-to-https"]
    async with fault.serve(0) as url:
        (location,) = (await ask(url, get())).all("location")
        assert (await ask(location, get(), trusting(fault, url))).status == 200


async def test_the_client_hello_gets_no_answer() -> None:
    async with FAULTS["tls-timeout"].serve(0) as url:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(ask(url, get(), trusting_all()), 0.3)
