"""The form of the client options, generated from the table in :mod:`wsgui.core.options`."""
