"""The pulse of a connection, painted: heartbeat, states, round trips and traffic over one axis of time.

Painted with QPainter and nothing else: pyqtgraph would do it, but it needs numpy, which adds 30 MB to the installer and
a tenth of a second to the first look, for plots of a few thousand points at most.
"""
