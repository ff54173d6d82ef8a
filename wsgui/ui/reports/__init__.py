"""The report that goes with a bug: seen before it is handed on."""
