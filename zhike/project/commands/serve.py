"""网页服务器: processes that answer requests, on one address."""

import argparse
import errno
import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import psutil

from zhike.project.database import database
from zhike.project.environment import number, setting
from zhike.project.errors import CommandFailed
from zhike.project.home import home
from zhike.project.operation.log import configuration


def serve(arguments: argparse.Namespace) -> int:
    host = setting("ZHIKE_HOST")
    port = free_port(host, chosen_port(arguments))
    with database(), shared_counters():
        from granian.constants import HTTPModes, Interfaces
        from granian.log import LogLevels
        from granian.server import Server

        server = Server(
            "zhike.project.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            http=HTTPModes.http1,
            websockets=False,
            workers=number("ZHIKE_PROCESSES"),
            blocking_threads=number("ZHIKE_THREADS"),
            # A thread takes its database connection with it when it ends.
            blocking_threads_idle_timeout=600,
            # Counted per open connection, idle ones of browsers included.
            backpressure=512,
            respawn_failed_workers=True,
            workers_kill_timeout=10,
            log_level=LogLevels.warning,
            log_dictconfig=configuration(),
        )
        server.on_startup(lambda: print(f"知客正在监听 {address(host, port)}", flush=True))
        server.serve()
    return 0


@contextmanager
def shared_counters() -> Iterator[None]:
    """A folder in which the processes of this server count together, for /metrics."""
    home().mkdir(parents=True, exist_ok=True)
    for left in home().glob("metrics-*"):
        if not psutil.pid_exists(int(left.name.split("-")[1])):  # of a server that was killed
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=f"metrics-{os.getpid()}-", dir=home()) as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        yield


def chosen_port(arguments: argparse.Namespace) -> int:
    return number("ZHIKE_PORT") if arguments.port is None else int(arguments.port)


def address(host: str, port: int) -> str:
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}"


def free_port(host: str, port: int) -> int:
    """The port itself, or any free one for 0. Asked beforehand: the server shares its port among its processes, and the
    system would let it share one with a stranger just as silently."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as refused:
            raise CommandFailed(_why_not(host, port, refused)) from refused
        return int(probe.getsockname()[1])


def _why_not(host: str, port: int, refused: Exception) -> str:
    match getattr(refused, "errno", None):
        case errno.EADDRINUSE:
            return f"端口 {port} 已被占用；请用 --port 换一个，或 --port 0 任选空闲端口"
        case errno.EACCES:
            return f"没有权限监听端口 {port}；1024 以下的端口请交给反向代理"
        case _:
            return f"不能监听 {host} 的端口 {port}：{refused}"
