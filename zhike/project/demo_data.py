"""演示数据: brings the tables up to date and fills them, in a process of its own; prints who may sign in as JSON."""

import json
import sys

from zhike.project.commands.migrate import bring_up_to_date
from zhike.project.errors import CommandFailed
from zhike.project.ready import ready


def main(pack: str) -> None:
    with ready():
        bring_up_to_date(sys.stderr, quiet=True)
        from zhike.features.packs import seed_demo

        people = [{"role": one.role, "username": one.username, "password": one.password} for one in seed_demo(pack)]
    json.dump(people, sys.stdout)


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except CommandFailed as failure:
        sys.exit(f"错误：{failure}")
