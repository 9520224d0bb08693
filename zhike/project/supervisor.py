"""看护进程: keeps a group of processes running until somebody stops the whole."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from zhike.project.errors import CommandFailed

PATIENCE = 20
"""Seconds a process may take to finish what it is doing."""
TOO_SOON = 5
"""A process that ends this many seconds after its start would only end again."""
TELL_CHILD_OF_PARENTS_DEATH = 1
"""PR_SET_PDEATHSIG of Linux."""


@dataclass
class Child:
    label: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] = field(init=False)
    started: float = field(init=False)

    def start(self) -> None:
        # Ctrl-C reaches every process of a terminal's group; with an own group each child hears it from us, once.
        self.process = subprocess.Popen(self.command, process_group=0, preexec_fn=_end_with_parent)
        self.started = time.monotonic()


class Supervisor:
    """Use as a context: leaving it stops every process, whatever the reason."""

    def __init__(self) -> None:
        self._children: list[Child] = []

    def __enter__(self) -> "Supervisor":
        return self

    def __exit__(self, *_: object) -> None:
        for child in reversed(self._children):
            _end(child.process)

    def start(self, label: str, *command: str) -> Child:
        child = Child(label, command)
        child.start()
        self._children.append(child)
        return child

    def watch(self) -> None:
        """Restart whoever falls over; give up on one that falls at once."""
        while True:
            for child in self._children:
                if child.process.poll() is not None:
                    self._restart(child)
            time.sleep(0.5)

    def _restart(self, child: Child) -> None:
        code = child.process.returncode
        if time.monotonic() - child.started < TOO_SOON:
            raise CommandFailed(f"{child.label}无法启动（退出码 {code}）")
        print(f"{child.label}意外退出（退出码 {code}），正在重新启动", file=sys.stderr, flush=True)
        child.start()


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _end_with_parent() -> None:
    """If we are killed without a chance to say goodbye, the system ends our children in order (on Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(TELL_CHILD_OF_PARENTS_DEATH, signal.SIGTERM)
