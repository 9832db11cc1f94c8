"""Processes that help (求解、校验) must not outlive who asked: what each of them does when it begins."""

import multiprocessing
import os
import threading


def end_with_parent() -> None:
    """From now on end when the parent does: a window that was killed must not leave its helpers waiting forever."""
    threading.Thread(target=_wait_and_end, daemon=True).start()


def _wait_and_end() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
