"""`python -m zhengce` is the command `zhengce`."""

import sys

from zhengce.cli import main

if __name__ == "__main__":
    sys.exit(main())
