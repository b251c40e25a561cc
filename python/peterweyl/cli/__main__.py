"""``python -m peterweyl.cli``."""

import sys

from . import main

sys.exit(main())
