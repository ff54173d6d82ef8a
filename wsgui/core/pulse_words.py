"""The pulse in words: the countdown, the intervals, what was late; in short for a line, in full for a screen reader."""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType

from wsgui.core.beats import Beats, Mark
from wsgui.core.i18n import N_, _, plural
from wsgui.core.pulse import Phase, Pulse

PHASE_LABEL: Mapping[Phase, str] = MappingProxyType(
    {
        Phase.CLOSED: N_("Not connected"),
        Phase.WAITING: N_("Waiting"),
        Phase.CONNECTING: N_("Connecting"),
        Phase.RECONNECTING: N_("Reconnecting"),
        Phase.CLOSING: N_("Closing"),
        Phase.POLLING: N_("Polling"),
        Phase.WEBSOCKET: N_("WebSocket"),
    }
)
MARK_LABEL: Mapping[Mark, str] = MappingProxyType(
    {Mark.ON_TIME: N_("on time"), Mark.LATE: N_("late"), Mark.MISSED: N_("missed")}
)


def countdown(beats: Beats, now: float) -> str:
    """What is awaited next and for how long: ``next ping in 12 s``. Empty where nothing is agreed."""
    late_from, deadline = beats.late_from, beats.deadline
    if late_from is not None and now > late_from:
        begin = beats.asked if beats.asked is not None else beats.due
        assert begin is not None
        text = _("no pong for {time}") if beats.client_pings else _("ping {time} late")
        text = text.format(time=duration(now - begin))
        if deadline is None:
            return text
        return _("{what}, given up in {time}").format(what=text, time=duration(max(0.0, deadline - now)))
    if beats.asked is not None:
        return _("pong awaited")
    if beats.due is None:
        return ""
    left = beats.due - now
    if left <= 0:
        return _("ping due now")
    time = _("{seconds:.1f} s").format(seconds=left) if left < 1 else duration(math.ceil(left))
    return (_("next ping sent in {time}") if beats.client_pings else _("next ping in {time}")).format(time=time)


def rhythm(beats: Beats) -> str:
    """The interval that was seen last, or that was announced: ``every 25.0 s``."""
    if beats.seen is not None:
        return _("every {time}").format(time=exact(beats.seen))
    return _("announced every {time}").format(time=duration(beats.interval)) if beats.interval else ""


def faults(beats: Beats) -> str:
    """``0 late``, or ``2 late · 1 missed``."""
    late = _("{n:,} late").format(n=beats.late)
    return f"{late} · " + _("{n:,} missed").format(n=beats.missed) if beats.missed else late


def heartbeat_lines(beats: Beats, now: float | None) -> tuple[str, ...]:
    """The heartbeat in one line, the longest form first; without ``now`` there is nothing to count down to."""
    parts = [part for part in (countdown(beats, now) if now is not None else "", rhythm(beats)) if part]
    if not parts and not beats.number and not beats.missed:
        return ()
    if not parts:
        pings = plural("{n:,} ping", "{n:,} pings", beats.number).format(n=beats.number)
        return f"{pings} · {faults(beats)}", faults(beats)
    parts.append(faults(beats))
    return tuple(dict.fromkeys((" · ".join(parts), f"{parts[0]} · {parts[-1]}", parts[0], _brief(beats, now))))


def _brief(beats: Beats, now: float | None) -> str:
    """As little as says anything."""
    late_from = beats.late_from
    if now is None or (beats.due is None and beats.asked is None):
        return faults(beats)
    if late_from is not None and now > late_from:
        return _("ping late")
    return _("ping {time}").format(time=duration(math.ceil(max(0.0, beats.due - now))) if beats.due else _("sent"))


def heartbeat_sentence(beats: Beats, now: float | None) -> str:
    """The same as sentences, with what the line has no room for."""
    sentences = []
    if now is not None and (what := countdown(beats, now)):
        sentences.append(_("Heartbeat: {what}.").format(what=what))
    if beats.interval is not None and beats.patience is not None:
        text = _("The server announced a pingInterval of {interval} and a pingTimeout of {patience}.")
        sentences.append(text.format(interval=duration(beats.interval), patience=duration(beats.patience)))
    if beats.longest:
        text = _("The intervals seen were {shortest} to {longest}.")
        sentences.append(text.format(shortest=exact(beats.shortest), longest=exact(beats.longest)))
    text = plural(
        "{n:,} ping, {late:,} late, {missed:,} missed.", "{n:,} pings, {late:,} late, {missed:,} missed.", beats.number
    )
    sentences.append(text.format(n=beats.number, late=beats.late, missed=beats.missed))
    return " ".join(sentences)


def summary(pulse: Pulse, now: float | None) -> str:
    """The whole pulse in a few sentences, for who does not see the plots."""
    sentences = []
    if pulse.stays:
        stay = pulse.stays[-1]
        phase = _(PHASE_LABEL[stay.phase])
        if now is not None:
            sentences.append(_("{phase} for {time}.").format(phase=phase, time=duration(now - stay.begin)))
        else:
            text = _("{time} were recorded; at the end: {phase}.")
            sentences.append(text.format(time=duration(pulse.end), phase=phase))
    sentences.append(heartbeat_sentence(pulse.beats, now))
    if last := pulse.round_trips.last:
        sentences.append(_("The last round trip took {time}.").format(time=exact(last.mean)))
    text = _("{received:,} messages received, {sent:,} sent.")
    sentences.append(text.format(received=pulse.number_received, sent=pulse.number_sent))
    return " ".join(sentences)


def duration(seconds: float) -> str:
    """A time for the eye: ``12 s``, ``3 min 20 s``, ``2 h 5 min``; below ten seconds one decimal where there is one."""
    seconds = max(0.0, seconds)
    if seconds < 9.95 and round(seconds, 1) != int(seconds):
        return _("{seconds:.1f} s").format(seconds=seconds)
    if seconds < 120:
        return _("{seconds:.0f} s").format(seconds=seconds)
    if seconds < 7200:
        minutes, rest = divmod(int(seconds), 60)
        text = _("{minutes} min {seconds} s") if rest else _("{minutes} min")
        return text.format(minutes=minutes, seconds=rest)
    if seconds >= 1e6:
        return _("{days:,.0f} days").format(days=seconds / 86400) if seconds < 1e12 else _("for ever")
    hours, rest = divmod(int(seconds) // 60, 60)
    return (_("{hours} h {minutes} min") if rest else _("{hours} h")).format(hours=hours, minutes=rest)


def exact(seconds: float) -> str:
    """A time as it was measured: ``25.0 s``, ``3.1 ms``."""
    if seconds >= 100:
        return duration(seconds)
    if seconds >= 1:
        return _("{seconds:.1f} s").format(seconds=seconds)
    return _("{ms:.0f} ms").format(ms=seconds * 1000) if seconds >= 0.1 else _("{ms:.1f} ms").format(ms=seconds * 1000)
