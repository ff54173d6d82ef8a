"""The probe: a better transport is tried beside the one in use, and taken if it answers.

Open it, send ``2probe``, wait for ``3probe``, pause polling, send ``5``. Whatever goes wrong is an upgrade error
and the connection goes on as it was (``_probe`` in ``socket.js`` of engine.io-client).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from wsgui.core.engine_packets import EnginePacket, PacketType
from wsgui.core.i18n import _
from wsgui.net.polling import Polling
from wsgui.net.transport import DEAF, Outgoing, Transport, TransportError


class Upgradable(Protocol):
    """The engine, as the probe sees it."""

    def tell(self, packet: EnginePacket, transport: Transport) -> Outgoing:
        """A packet of the engine itself, to be recorded when it goes out."""

    def tell_received(self, packet: EnginePacket, transport: Transport) -> None:
        """Record a packet of the engine itself that came."""

    def upgrade_begins(self, probe: Probe) -> None: ...
    def upgrade_done(self, probe: Probe) -> None: ...
    def upgrade_failed(self, probe: Probe, error: TransportError) -> None: ...


class Probe:
    """Tries ``transport`` as the successor of ``current``."""

    def __init__(self, engine: Upgradable, transport: Transport, current: Polling) -> None:
        self.transport = transport
        self._engine = engine
        self._current = current
        self._over = False
        self._answered = False
        transport.listener = self

    def start(self) -> None:
        self.transport.open()

    def engine_closed(self) -> None:
        """The engine closes while the probe is under way, which is an upgrade error, too."""
        self._give_up("socket closed", TransportError("socket closed"))

    def opened(self, transport: Transport) -> None:
        transport.send([self._engine.tell(EnginePacket(PacketType.PING, "probe"), transport)])

    def received(self, transport: Transport, packet: EnginePacket) -> None:
        self._engine.tell_received(packet, transport)
        if self._answered:
            return
        self._answered = True
        if packet != EnginePacket(PacketType.PONG, "probe"):
            self._refused(_("the answer to the probe was “{answer}”").format(answer=f"{packet.type} {packet.data!r}"))
            return
        self._engine.upgrade_begins(self)
        self._current.pause(self._paused)

    def messages(self, contents: Sequence[str | bytes]) -> None:
        for content in contents:
            self._engine.tell_received(EnginePacket(PacketType.MESSAGE, content), self.transport)
        if not self._answered:
            self._answered = True
            self._refused(_("a message came in answer to the probe"))

    def drained(self, transport: Transport) -> None:
        pass

    def failed(self, transport: Transport, error: TransportError) -> None:
        self._give_up(f"Error: {error}", error)  # what JavaScript makes of an error that is put into a text

    def closed(self, transport: Transport, details: str) -> None:
        self._give_up("transport closed", TransportError("transport closed", details))

    def _give_up(self, why: str, error: TransportError) -> None:
        if self._over:
            return
        self._over = True
        self.transport.listener = DEAF
        self.transport.close()
        wrapped = TransportError(f"probe error: {why}", error.description, status=error.status)
        wrapped.__cause__ = error
        self._engine.upgrade_failed(self, wrapped)

    def _refused(self, answer: str) -> None:
        """A wrong answer. JavaScript leaves the transport open then, and takes no notice of what else it says."""
        self._engine.upgrade_failed(self, TransportError("probe error", answer))

    def _paused(self) -> None:
        if self._over:
            return
        self._over = True
        self.transport.send([self._engine.tell(EnginePacket(PacketType.UPGRADE), self.transport)])
        self._engine.upgrade_done(self)
