"""What the chart says in words: of the time under the pointer, or of now."""

from __future__ import annotations

from wsgui.core.beats import Beats
from wsgui.core.i18n import _
from wsgui.core.pulse import Pulse
from wsgui.core.pulse_words import MARK_LABEL, PHASE_LABEL, exact
from wsgui.core.visible import one_line
from wsgui.ui.pulse.plots import byte_rate, message_rate, rate_at
from wsgui.ui.pulse.span import Span, clock, digits_for

_LONGEST_REASON = 80


def moment(pulse: Pulse, t: float, span: Span, reach: float) -> str:
    """The time, the phase it is in, and the ping that is not further away than ``reach`` seconds."""
    parts = [clock(t, pulse.wall, digits_for(span.length / 200))]
    if phase := _phase(pulse, t):
        parts.append(phase)
    if ping := _ping(pulse.beats, t, reach):
        parts.append(ping)
    return " · ".join(parts)


def round_trip(pulse: Pulse, t: float | None, reach: float) -> str:
    """The round trip near a time, or the last one; empty where there was none."""
    point = pulse.round_trips.last if t is None else pulse.round_trips.nearest(t, reach)
    if point is None:
        return ""
    text = exact(point.mean)
    if point.number > 1:
        text = _("{mean} on average of {n:,}, {low} to {high}").format(
            mean=text, n=point.number, low=exact(point.low), high=exact(point.high)
        )
    return text if t is not None else _("last {time}").format(time=text)


def traffic(pulse: Pulse, t: float, *, of_bytes: bool) -> tuple[str, str]:
    """The rates received and sent at a time."""
    words = byte_rate if of_bytes else message_rate
    rates = (words(rate_at(series, t, of_bytes=of_bytes)) for series in (pulse.received, pulse.sent))
    received, sent = rates
    return _("received {rate}").format(rate=received), _("sent {rate}").format(rate=sent)


def _phase(pulse: Pulse, t: float) -> str:
    for stay in reversed(pulse.stays):
        if stay.begin <= t:
            if stay.end is None and t > pulse.end and stay.phase.value == "closed":
                return ""
            text = _(PHASE_LABEL[stay.phase])
            if stay.end is not None:
                text = _("{phase} for {time}").format(phase=text, time=exact(stay.end - stay.begin))
            else:
                since = clock(stay.begin, pulse.wall)
                text = _("{phase} since {time}").format(phase=text, time=since)
            return f"{text} ({one_line(stay.why, _LONGEST_REASON)})" if stay.why else text
    return ""


def _ping(beats: Beats, t: float, reach: float) -> str:
    beat = min(beats.marks, key=lambda beat: abs(beat.t - t), default=None)
    if beat is None or abs(beat.t - t) > reach:
        return ""
    mark = _(MARK_LABEL[beat.mark])
    if beat.interval is None:
        return _("ping {mark}").format(mark=mark)
    return _("ping {mark}, after {time}").format(mark=mark, time=exact(beat.interval))
