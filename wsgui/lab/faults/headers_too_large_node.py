"""A token in a header is too long for Node, which takes 16 KiB of headers: ``431`` with an empty body."""

from __future__ import annotations

from wsgui.core.i18n import N_
from wsgui.lab.offer import Fault
from wsgui.lab.raw.serving import node, serve_engine

FAULT = Fault(
    id="headers-too-large-node",
    cause="headers-too-large",
    title=N_("The token in a header is too long for Node."),
    serve=lambda port: serve_engine(node(), port),
    given={"extraHeaders": {"X-Token": "x" * 17_000}},
)
