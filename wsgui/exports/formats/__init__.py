"""One file per format, each with ``NAME``, ``TITLE``, ``SUFFIX`` and ``write``: see :mod:`wsgui.exports.catalogue`."""
