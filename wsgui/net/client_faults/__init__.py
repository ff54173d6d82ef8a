"""The faults on purpose, one per file: see :mod:`wsgui.net.client_fault`."""
