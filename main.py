"""掌柜 Zhanggui: the window without arguments, the command line with them."""

import gc
import multiprocessing
import sys

from app.commands import main

if __name__ == "__main__":
    multiprocessing.freeze_support()  # an installed program's helpers must not open a second window
    gc.set_threshold(50_000, 20, 100)  # lists of rows are no circles: looking for some every 700 objects is for nothing
    sys.exit(main())
