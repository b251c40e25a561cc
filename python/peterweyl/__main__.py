"""``python -m peterweyl``."""

import sys

from .cli import main

sys.exit(main())
