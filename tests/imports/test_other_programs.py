"""Exports of Postman, Insomnia and Hoppscotch, as these write them."""

from __future__ import annotations

import json

import pytest

from tests.imports.reading import connection, connections
from wsgui.core.protocol import Protocol
from wsgui.imports.imported import Message, NotImportedError

POSTMAN = {
    "info": {"name": "Chat", "schema": "https://schema.postman.com/json/draft-2020-12/collection/v3.0.0/"},
    "variable": [{"key": "host", "value": "a.example"}, {"key": "old", "value": "x", "disabled": True}],
    "item": [
        {"type": "http-request", "payload": {"url": "https://a.example"}},
        {
            "type": "folder",
            "children": [
                {
                    "type": "ws-socketio-request",
                    "title": "Room",
                    "payload": {
                        "url": "https://{{host}}/chat",
                        "settings": {"version": "2", "path": "io", "handshakeTimeout": 5000, "strictSSL": False},
                        "headers": [{"key": "A", "value": "{{ old }}"}, {"key": "B", "value": "2", "disabled": True}],
                        "queryParams": [{"key": "q", "value": "1"}],
                        "auth": {"type": "bearer", "bearer": [{"key": "token", "value": "t"}]},
                        "events": [{"name": "news"}],
                    },
                    "children": [
                        {
                            "type": "ws-socketio-message",
                            "title": "Hello",
                            "payload": {
                                "eventName": "say",
                                "acknowledgement": True,
                                "args": [{"type": "json", "content": '{"a": 1}'}, {"type": "text", "content": 'a "b"'}],
                            },
                        }
                    ],
                    "extensions": {"events": [{"script": "steal()"}]},
                }
            ],
        },
        {
            "type": "ws-raw-request",
            "name": "Live",
            "payload": {"url": "wss://a.example/live", "queryParams": [{"key": "k", "value": "v"}]},
            "children": [{"type": "ws-raw-message", "payload": {"type": "text", "content": "hi"}}],
        },
    ],
}


def test_postman() -> None:
    room, live = connections(json.dumps(POSTMAN), "chat.json")
    assert (room.title, room.url, room.protocol) == ("Room", "https://a.example/chat", Protocol.SOCKETIO_V2)
    assert room.options == {
        "path": "/io",
        "timeout": 5000,
        "query": {"q": "1"},
        "extraHeaders": {"A": "{{old}}", "Authorization": "Bearer t"},
        "rejectUnauthorized": False,
    }
    assert room.messages == (Message("say", '{"a": 1}, "a \\"b\\""', "Hello", ack=True),)
    assert "news was left out. Every event is shown here; there is no need to listen for single ones." in room.left
    assert "A script was left out. Nothing that is imported is run." in room.left
    assert any("variables in double braces" in sentence for sentence in room.warnings)
    assert (live.url, live.protocol) == ("wss://a.example/live?k=v", Protocol.WEBSOCKET)
    assert live.messages == (Message("", "hi"),)


def test_postman_s_file_of_one_request() -> None:
    found = connection("$kind: websocket-request\nurl: wss://a.example\nheaders:\n  Authorization: Bearer {{token}}\n")
    assert (found.url, found.protocol) == ("wss://a.example", Protocol.WEBSOCKET)
    assert found.options == {"extraHeaders": {"Authorization": "Bearer {{token}}"}}


def test_postman_s_old_format_has_none() -> None:
    text = json.dumps({"info": {"_postman_id": "1"}, "item": [{"request": {"url": {"raw": "https://a.example"}}}]})
    with pytest.raises(NotImportedError, match=r"x\.json \(Postman export\) names no Socket\.IO or WebSocket"):
        connections(text, "x.json")


def test_insomnia_4() -> None:
    resources = [
        {"_type": "environment", "data": {"host": "a.example", "token": "", "nested": {"x": 1}}},
        {
            "_id": "ws-req_1",
            "_type": "websocket_request",
            "name": "Live",
            "url": "wss://{{ _.host }}/live",
            "headers": [{"name": "A", "value": "1"}],
            "parameters": [{"name": "p", "value": "2"}],
            "authentication": {"type": "basic", "username": "u", "password": "p"},
        },
        {"_id": "pl", "_type": "websocket_payload", "parentId": "ws-req_1", "name": "Hi", "value": "hello"},
        {"_type": "request", "url": "https://a.example"},
    ]
    found = connection(json.dumps({"_type": "export", "__export_format": 4, "resources": resources}))
    assert (found.title, found.url, found.protocol) == ("Live", "wss://a.example/live?p=2", Protocol.WEBSOCKET)
    assert found.options == {"extraHeaders": {"A": "1", "Authorization": "Basic dTpw"}}
    assert found.messages == (Message("", "hello", "Hi"),)


def test_insomnia_5() -> None:
    text = """\
type: collection.insomnia.rest/5.0
name: Chat
collection:
  - name: Folder
    children:
      - url: https://{{ _.host }}
        name: Room
        meta: {id: socketio-req_1}
        settings: {path: /io}
        headers: [{name: A, value: 2026-01-01}, {name: B, value: x, disabled: true}]
        authentication: {type: apikey, key: k, value: v, addTo: queryParams}
        eventListeners: [{id: a, eventName: news}]
        payload: {eventName: say, ack: true, args: [{value: '{"a": 1}'}]}
  - {url: https://a.example, name: Rest, meta: {id: req_1}}
environments:
  data: {host: a.example}
"""
    found = connection(text, "chat.yaml")
    assert (found.title, found.url, found.protocol) == ("Room", "https://a.example", Protocol.SOCKETIO)
    assert found.options == {"path": "/io", "extraHeaders": {"A": "2026-01-01"}, "query": {"k": "v"}}
    assert found.messages == (Message("say", '{"a": 1}', ack=True),)


def test_hoppscotch() -> None:
    protocols = [{"value": "p", "active": True}, {"value": "q", "active": False}]
    text = json.dumps(
        {
            "socketIORequest": {"endpoint": "wss://a.example", "path": "/io", "version": "v2"},
            "WebsocketRequest": json.dumps({"endpoint": "wss://b.example", "protocols": protocols}),
        }
    )
    socketio, websocket = connections(text)
    assert (socketio.url, socketio.protocol, socketio.options) == (
        "https://a.example",
        Protocol.SOCKETIO_V2,
        {"path": "/io"},
    )
    assert (websocket.url, websocket.options) == ("wss://b.example", {"protocols": ["p"]})


def test_a_collection_of_hoppscotch_is_explained() -> None:
    with pytest.raises(NotImportedError, match=r"no Socket\.IO and no WebSocket requests"):
        connections(json.dumps([{"v": 2, "name": "c", "folders": [], "requests": []}]))
