"""What Chromium's network panel would save as HAR, made of the same events of the DevTools protocol.

Headless Chromium has no such panel. The names are those of its front end: ``HARLog.ts`` and ``NetworkRequest.ts`` of
https://github.com/ChromeDevTools/devtools-frontend.
"""

from __future__ import annotations

from datetime import UTC, datetime

from tests.interop.chromium import DevToolsError, Json, Page


async def archive(page: Page) -> Json:
    """The archive of all that the page has asked for since ``Network.enable``."""
    requests: dict[str, Json] = {}
    for event in list(page.events):
        domain, _dot, name = event["method"].partition(".")
        if domain == "Network" and "requestId" in event["params"]:
            requests.setdefault(event["params"]["requestId"], {}).setdefault(name, []).append(event["params"])
    entries = [
        await _exchange(page, number, told)
        for number, told in requests.items()
        if {"requestWillBeSent", "responseReceived"} <= told.keys()
    ]
    entries += [_socket(told) for told in requests.values() if "webSocketHandshakeResponseReceived" in told]
    creator = {"name": "WebInspector", "version": "537.36"}
    return {"log": {"version": "1.2", "creator": creator, "pages": [], "entries": entries}}


async def _exchange(page: Page, number: str, told: Json) -> Json:
    asked, answered = told["requestWillBeSent"][-1], told["responseReceived"][-1]
    request, response = asked["request"], answered["response"]
    content: Json = {"size": 0, "mimeType": response["mimeType"]}
    try:
        body = await page.ask("Network.getResponseBody", requestId=number)
    except DevToolsError:  # a request that was given up has none
        body = {"body": "", "base64Encoded": False}
    content["text"], content["size"] = body["body"], len(body["body"])
    if body["base64Encoded"]:
        content["encoding"] = "base64"
    ended = told.get("loadingFinished", [answered])[-1]["timestamp"]
    entry = _entry(asked["wallTime"], (ended - asked["timestamp"]) * 1000, request, response, content)
    if "postData" in request:
        entry["request"]["postData"] = {"mimeType": "text/plain;charset=UTF-8", "text": request["postData"]}
    return entry | {"_resourceType": answered["type"].lower()}


def _socket(told: Json) -> Json:
    asked, answered = told["webSocketWillSendHandshakeRequest"][0], told["webSocketHandshakeResponseReceived"][0]
    request = {"method": "GET", "url": told["webSocketCreated"][0]["url"], "headers": asked["request"]["headers"]}
    wall = asked["wallTime"] - asked["timestamp"]
    messages = [
        {
            "type": way,
            "time": wall + frame["timestamp"],
            "opcode": frame["response"]["opcode"],
            "data": frame["response"]["payloadData"],
        }
        for way, name in (("send", "webSocketFrameSent"), ("receive", "webSocketFrameReceived"))
        for frame in told.get(name, ())
    ]
    took = (answered["timestamp"] - asked["timestamp"]) * 1000
    content = {"size": 0, "mimeType": "x-unknown"}
    entry = _entry(asked["wallTime"], took, request, answered["response"], content)
    messages.sort(key=lambda message: message["time"])
    return entry | {"_resourceType": "websocket", "_webSocketMessages": messages}


def _entry(wall: float, took: float, request: Json, response: Json, content: Json) -> Json:
    started = datetime.fromtimestamp(wall, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    version = response.get("protocol", "http/1.1")
    shared = {"httpVersion": version, "cookies": [], "headersSize": -1, "bodySize": -1}
    return {
        "startedDateTime": started,
        "time": took,
        "request": shared
        | {
            "method": request["method"],
            "url": request["url"],
            "headers": _pairs(request["headers"]),
            "queryString": [],
        },
        "response": shared
        | {
            "status": response["status"],
            "statusText": response["statusText"],
            "headers": _pairs(response["headers"]),
            "content": content,
            "redirectURL": "",
        },
        "cache": {},
        "timings": {"send": 0, "wait": took, "receive": 0},
    }


def _pairs(headers: dict[str, str]) -> list[Json]:
    return [{"name": name, "value": value} for name, value in headers.items()]
