"""后台任务进程: takes jobs from the queue in the database until it is told to stop."""

import argparse
import os
import socket

from zhike.project.environment import number
from zhike.project.ready import ready


def work(_: argparse.Namespace) -> int:
    with ready():
        from procrastinate.contrib.django import app
        from procrastinate.contrib.django.django_connector import DjangoConnector

        with app.replace_connector(DjangoConnector(alias="default").get_worker_connector()) as working:
            print("知客后台任务进程已启动", flush=True)
            working.run_worker(
                name=f"{socket.gethostname()}-{os.getpid()}",
                concurrency=number("ZHIKE_JOBS"),
                # A job cut off is taken up again by the next process; a person waiting for Ctrl-C is not kept.
                shutdown_graceful_timeout=10,
            )
    return 0
