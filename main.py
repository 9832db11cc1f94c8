"""掌柜 Zhanggui: the window without arguments, the command line with them."""

import multiprocessing
import sys

from app.commands import main

if __name__ == "__main__":
    multiprocessing.freeze_support()  # an installed program's helpers must not open a second window
    sys.exit(main())
