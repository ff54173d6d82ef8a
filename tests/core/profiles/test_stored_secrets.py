"""Secrets do not get into the file, wherever they stand, and come back into their places."""

from __future__ import annotations

from dataclasses import replace

from wsgui.core.profiles.profile import Profile
from wsgui.core.profiles.stored_secrets import keep_references, put_back, references, take_out
from wsgui.core.profiles.text import as_text

PLANTED = Profile(
    url="https://ann:S3CRET-1@a.example/?token=S3CRET-2&room=plain",
    options={
        "auth": {"token": "S3CRET-3", "pins": [1234567, "S3CRET-4"], "keep": True},
        "extraHeaders": {"Authorization": "Bearer S3CRET-5", "Cookie": "sid=S3CRET-6", "X-Room": "plain",
                         "X-Tenant": "S3CRET-7"},
        "query": {"api_key": "S3CRET-8", "v": "plain", "m": "S3CRET-9"},
        "passphrase": "S3CRET-A",
        "key": "-----BEGIN PRIVATE KEY-----\nS3CRET-B",
        "proxy": "http://bob:S3CRET-C@proxy.example:3128",
        "transportOptions": {"polling": {"extraHeaders": {"x-api-key": "S3CRET-D"}}},
    },
    namespaces={"/admin": {"pass": "S3CRET-E"}, "/{odd}": {"a": "S3CRET-F"}, "/none": None},
    secret=("extraHeaders.X-Tenant", "query.m"),
)  # fmt: skip


def test_no_secret_is_left_and_all_come_back() -> None:
    profile, secrets = take_out(PLANTED)
    text = as_text(profile)
    assert "S3CRET" not in text
    assert "1234567" not in text
    assert text.count("plain") == 3
    assert "ann" in text
    assert len(secrets) == 16
    assert set(references(profile)) == set(secrets)
    assert put_back(profile, secrets) == (PLANTED, ())
    assert profile.url == "https://ann:{{secret:url.password}}@a.example/?token={{secret:url.token}}&room=plain"
    assert secrets["options.extraHeaders.Authorization"] == '"Bearer S3CRET-5"'


def test_variables_and_paths_are_no_secrets() -> None:
    profile = Profile(
        url="https://a:{{password}}@{{host}}/?token={{token}}",
        options={
            "auth": {"token": "{{token}}", "empty": "", "no": None},
            "extraHeaders": {"Authorization": "Bearer {{token}}"},
            "key": "/home/ann/key.pem",
        },
    )
    assert take_out(profile) == (profile, {})


def test_a_secret_beside_a_variable_is_one() -> None:
    assert take_out(Profile(options={"passphrase": "{{x}}S3CRET"})).secrets == {
        "options.passphrase": '"{{x}}S3CRET"',
    }


def test_what_is_missing_is_named_and_leaves_nothing() -> None:
    profile, missing = put_back(take_out(PLANTED).profile, {"url.token": '"t"'})
    assert profile.url == "https://ann:@a.example/?token=t&room=plain"
    assert profile.options["auth"] == {"token": "", "pins": ["", ""], "keep": True}
    assert len(missing) == 15


def test_places_that_read_alike_stay_apart() -> None:
    profile = Profile(url="https://a.example/?token=one&token=two", options={"auth": {"a{": "x1", "a}": "x2"}})
    taken, secrets = take_out(profile)
    assert len(secrets) == 4
    assert put_back(taken, secrets) == (profile, ())


def test_a_locked_keyring_costs_no_secret() -> None:
    stored = take_out(PLANTED).profile
    read, missing = put_back(stored, {})
    assert keep_references(read, stored, missing) == stored
    changed = replace(read, options={**read.options, "passphrase": "new"}, url=read.url + "&x=1")
    kept = keep_references(changed, stored, missing)
    assert kept.options["passphrase"] == "new"
    assert kept.options["auth"] == stored.options["auth"]
    assert kept.url == changed.url
