"""后台任务进程: takes jobs from the queue in the database until it is told to stop."""

import argparse
import asyncio
import os
import signal
import socket
from contextlib import suppress
from importlib import import_module
from typing import Any

from zhike.project.environment import number
from zhike.project.ready import ready


def work(_: argparse.Namespace) -> int:
    with ready():
        from procrastinate.contrib.django import app
        from procrastinate.contrib.django.django_connector import DjangoConnector

        import_module("zhike.project.backup.nightly")  # declares what only this executable can do

        with app.replace_connector(DjangoConnector(alias="default").get_worker_connector()) as working:
            asyncio.run(_until_told_to_stop(working))
    return 0


async def _until_told_to_stop(working: Any) -> None:
    from zhike.features.jobs.handing_back import stopping

    name = f"{socket.gethostname()}-{os.getpid()}"
    async with working.open_async():
        # A job cut off is taken up again by the next process; a person waiting for Ctrl-C is not kept.
        running = working.run_worker_async(
            name=name, concurrency=number("ZHIKE_JOBS"), shutdown_graceful_timeout=10, install_signal_handlers=False
        )
        task = asyncio.create_task(running)

        def stop() -> None:
            stopping.set()
            task.cancel()

        for ending in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(ending, stop)
        print("知客后台任务进程已启动", flush=True)
        with suppress(asyncio.CancelledError):
            await task
