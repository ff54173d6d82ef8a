"""What takes its time: a connection with nothing on it but the heartbeat, watched until it has proved itself."""

from __future__ import annotations

import time
from dataclasses import dataclass

from wsgui.checks.probe.conversation import Conversation, Stop, Talk
from wsgui.checks.probe.exchange import End, Exchange
from wsgui.checks.probe.front import works
from wsgui.checks.probe.opened import open_packet
from wsgui.checks.probe.packets import connect_packets
from wsgui.checks.probe.polling import poll, post, session_of, shake_hands
from wsgui.checks.probe.probe import NotKnown, Probe, fact
from wsgui.checks.probe.sessions import is_unknown_session
from wsgui.checks.probe.websocket import await_open_packet, conversation, opening
from wsgui.core.engine_packets import EnginePacket, PacketType
from wsgui.core.i18n import _


@dataclass(frozen=True, kw_only=True)
class Endurance:
    """How long an idle connection lasted."""

    transport: str
    seconds: float
    """Until it ended, or until nobody watched any more."""
    ended: bool
    beats: int = 0
    """Pings that were seen and answered."""
    since_beat: float = 0.0
    """Seconds from the last ping, or the beginning, to the end."""
    silent: bool = False
    """Whether a ping that was due never came."""
    talk: Talk | None = None
    exchange: Exchange | None = None

    @property
    def is_forgotten(self) -> bool:
        """Whether the session was unknown all of a sudden."""
        return self.exchange is not None and is_unknown_session(self.exchange)

    @property
    def is_closed_properly(self) -> bool:
        """Whether it was the Engine.IO server that ended it, and no hop before it."""
        return self.talk is not None and self.talk.stop is Stop.CLOSE_FRAME


@fact
async def endurance(probe: Probe) -> Endurance:
    """Over a WebSocket if the client would come to one, else by polling. Raises :class:`NotKnown`."""
    if not probe.speaks_socketio:
        return await _plain(probe)
    beat = await open_packet(probe)
    interval, patience = beat.ping_interval / 1000, beat.ping_timeout / 1000
    if probe.uses_websocket and works(await opening(probe)):
        return await _websocket(probe, interval, patience)
    if probe.uses_polling and not probe.is_v2:
        return await _polling(probe, interval, patience)
    raise NotKnown(_("The WebSocket was not opened."))


async def _plain(probe: Probe) -> Endurance:
    async with conversation(probe, origin=probe.origin) as (_talk, found):
        if found is None:
            raise NotKnown(_("The WebSocket was not opened."))
        began = time.monotonic()
        await found.watch(probe.limits.idle)
        seconds, ended = time.monotonic() - began, found.was_ended
        await found.goodbye()
        return Endurance(transport="websocket", seconds=seconds, ended=ended, since_beat=seconds, talk=found.talk())


async def _websocket(probe: Probe, interval: float, patience: float) -> Endurance:
    async with conversation(probe, origin=probe.origin) as (_talk, found):
        if found is None:
            raise NotKnown(_("The WebSocket was not opened."))
        if not await await_open_packet(probe, found):
            raise NotKnown(_("Engine.IO does not open on the WebSocket."))
        for packet in connect_packets(probe):
            found.say(probe.dialect.encode_packet(packet, binary=True))
        return await _watch(probe, found, interval, patience)


async def _watch(probe: Probe, found: Conversation, interval: float, patience: float) -> Endurance:
    """Two heartbeats, and the time after which the server would have missed the second answer."""
    began = last = time.monotonic()
    end = began + min(2 * interval + patience + 1, probe.limits.longest_idle)
    beats, seen, asked = 0, len(found.texts), False
    while found.is_open and time.monotonic() < end:
        due = last + interval if probe.is_v2 and not asked else last + interval + patience + 0.5
        await found.hear(min(end, due) - time.monotonic())
        new, seen = found.texts[seen:], len(found.texts)
        if ("3" if probe.is_v2 else "2") in new:
            beats, last, asked = beats + 1, time.monotonic(), False
            if not probe.is_v2:
                found.say("3")
        elif time.monotonic() >= due and found.is_open:
            if not probe.is_v2 or asked:
                await found.goodbye()
                return _seen(found, began, last, beats, silent=True)
            found.say("2")
            asked = True
    seen_of = _seen(found, began, last, beats)
    await found.goodbye()
    return seen_of


def _seen(found: Conversation, began: float, last: float, beats: int, *, silent: bool = False) -> Endurance:
    now = time.monotonic()
    talk = found.talk()
    return Endurance(
        transport="websocket",
        seconds=now - began,
        ended=not silent and found.was_ended,
        beats=beats,
        since_beat=now - last,
        silent=silent,
        talk=talk,
    )


async def _polling(probe: Probe, interval: float, patience: float) -> Endurance:
    session = await session_of(probe, await shake_hands(probe))
    await post(probe, session, connect_packets(probe))
    began = last = time.monotonic()
    end = began + min(2 * interval + patience + 1, probe.limits.longest_idle)
    beats = 0
    while time.monotonic() < end:
        due = min(end, last + interval + patience + 0.5)
        found = await poll(probe, session, patience=max(1.0, due - time.monotonic()))
        now = time.monotonic()
        packets = probe.dialect.decode_payload(found.text) if found.status == 200 else []
        if any(packet.type is PacketType.PING for packet in packets):
            beats, last = beats + 1, now
            await post(probe, session, [EnginePacket(PacketType.PONG)])
        closed = any(packet.type is PacketType.CLOSE for packet in packets)
        silent = found.end is End.SILENT and now < end
        if found.status != 200 or closed:
            ended = found.end is not End.SILENT
            return Endurance(
                transport="polling",
                seconds=now - began,
                ended=ended,
                beats=beats,
                since_beat=now - last,
                silent=silent,
                exchange=found,
            )
    await post(probe, session, [EnginePacket(PacketType.CLOSE)])
    return Endurance(transport="polling", seconds=time.monotonic() - began, ended=False, beats=beats)
