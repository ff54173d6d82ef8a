"""Where the built program starts: the same as ``python -m wsgui``."""

import sys

from wsgui.__main__ import main

sys.exit(main())
