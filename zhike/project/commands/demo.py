"""演示: the whole product with the data of a believable company, until Ctrl-C."""

import argparse
import json
import subprocess
import sys
import time
from http.client import HTTPConnection, HTTPException

from zhike.project.commands.serve import address, chosen_port, free_port
from zhike.project.database import database
from zhike.project.environment import setting
from zhike.project.errors import CommandFailed
from zhike.project.supervisor import Child, Supervisor

START_UP = 60
"""Seconds a slow machine may take until the first answer."""


def demo(arguments: argparse.Namespace) -> int:
    host = setting("ZHIKE_HOST")
    port = _port(host, arguments)
    print("正在启动数据库……", flush=True)
    try:
        with database(), Supervisor() as supervisor:
            people = prepare(arguments.pack)
            server = supervisor.start("网页服务器", sys.executable, "-m", "zhike", "serve", "--port", str(port))
            supervisor.start("后台任务进程", sys.executable, "-m", "zhike", "work")
            _wait_for_answer(server, host, port)
            welcome(address(host, port), people)
            supervisor.watch()
    except KeyboardInterrupt:
        print("\n知客已停止。", flush=True)
    return 0


def _port(host: str, arguments: argparse.Namespace) -> int:
    """The port somebody asked for must be free; when nobody asked, the next free one does."""
    wanted = chosen_port(arguments)
    try:
        return free_port(host, wanted)
    except CommandFailed as refused:
        if arguments.port is not None:
            raise
        print(f"{refused}。这次任选一个空闲端口。", flush=True)
        return free_port(host, 0)


def prepare(pack: str) -> list[dict[str, str]]:
    """Tables and data, made by a process of its own that gives its memory back; returns who may sign in."""
    print("正在准备数据表与演示数据……", flush=True)
    command = [sys.executable, "-m", "zhike.project.demo_data", pack]
    made = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    if made.returncode != 0:
        raise CommandFailed("演示数据没有准备好，原因见上")
    people: list[dict[str, str]] = json.loads(made.stdout)
    return people


def _wait_for_answer(server: Child, host: str, port: int) -> None:
    deadline = time.monotonic() + START_UP
    while not _answers(host, port):
        if server.process.poll() is not None or time.monotonic() > deadline:
            raise CommandFailed("网页服务器没有启动成功，原因见上")
        time.sleep(0.1)


def _answers(host: str, port: int) -> bool:
    connection = HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def welcome(url: str, people: list[dict[str, str]]) -> None:
    """Where to go and who may sign in."""
    print(f"\n知客已就绪：{url}\n\n可以这样登录：", flush=True)
    for person in people:
        print(f"  {person['role']}：用户名 {person['username']}　密码 {person['password']}", flush=True)
    print("\n按 Ctrl-C 停止。", flush=True)
