"""就绪: the database running and Django set up, for a command that works on records."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from zhike.project.database import database
from zhike.project.errors import CommandFailed


@contextmanager
def ready() -> Iterator[None]:
    """What the business refuses inside is told as the command's own failure."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhike.project.settings")
    with database():
        import django

        django.setup()
        from django.db import DatabaseError

        from zhike.kernel.errors import Problem

        try:
            yield
        except Problem as problem:
            raise CommandFailed(problem.message) from problem
        except DatabaseError as error:
            raise CommandFailed(explained(error)) from error


def explained(error: Exception) -> str:
    """What the database said, in a sentence for whoever sits at the terminal."""
    reason = str(error).strip()
    if "connection failed" in reason or "connection to server" in reason:
        return f"连接不上数据库：{reason.splitlines()[0]}"
    if "does not exist" in reason and "relation" in reason:
        return "数据表还没有建立；请先运行 zhike migrate"
    if "lock timeout" in reason:
        return "有人一直占用着要升级的表，没有改动它；请过一会儿再运行 zhike migrate，会从停下的地方继续"
    return f"数据库拒绝了：{reason}"
