"""The wire: exchanges and frames as in a browser's Network tab, and each of them down to its bits."""
