"""Where the tests keep their offices: in memory where there is room, as thousands of them are made and thrown away."""

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108  # only the place; who puts something there makes a folder of their own
ROOM = 2 * 2**30  # bytes; what lies there at a time is a tenth of it


def keep_offices_in_memory() -> None:
    """Make memory the place of temporary files, for this process and those it starts; a TMPDIR that is set stays."""
    roomy = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM
    if roomy and "TMPDIR" not in os.environ:
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None  # so that it is looked up anew
