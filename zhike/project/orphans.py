"""孤儿进程: a process of the server whose main one was killed finishes what it has in hand and ends.

Else it would go on answering by the code and the settings of yesterday, and keep the address from the server started next.
"""

import multiprocessing
import os
import signal
import threading
import time

EVERY = 0.5
"""Seconds between two looks."""
PATIENCE = 10
"""Seconds the requests in hand may take."""


def end_with_parent() -> None:
    """Whoever was not started by a main process is one."""
    parent = multiprocessing.parent_process()
    if parent is not None and parent.pid is not None:
        threading.Thread(target=_watch, args=(parent.pid,), name="orphan", daemon=True).start()


def _watch(parent: int) -> None:
    """Asked of the system, which gives an orphan another parent: so it is whatever else has the pipes between them open."""
    while os.getppid() == parent:
        time.sleep(EVERY)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(PATIENCE)
    os._exit(1)
