"""``python -m desktop_agent``: the same as the command ``desktop-agent``."""

import sys

from desktop_agent.cli import main

sys.exit(main())
