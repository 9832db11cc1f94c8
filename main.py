"""掌柜 Zhanggui: the window without arguments, the command line with them."""

import sys

from app.commands import main

if __name__ == "__main__":
    sys.exit(main())
