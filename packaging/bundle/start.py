"""What the finished program runs first."""

import sys

from desktop_agent.cli import main

sys.exit(main())
