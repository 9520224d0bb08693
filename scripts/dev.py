"""开发: the product with everything reloading as files change, until Ctrl-C."""

import os
import signal
import sys
from pathlib import Path

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
        supervisor.start("接口服务器", sys.executable, str(ROOT / "manage.py"), "runserver", "--skip-checks", SERVER)
        supervisor.start("后台任务进程", sys.executable, "-m", "zhike", "work")
        supervisor.start("网页开发服务器", str(ROOT / "scripts" / "npm.sh"), "run", "dev")
        print(f"\n开发地址：{PAGE}（接口 http://{SERVER}），按 Ctrl-C 停止。\n", flush=True)
        supervisor.watch()


if __name__ == "__main__":
    try:
        main()
    except CommandFailed as failure:
        sys.exit(f"错误：{failure}")
    except KeyboardInterrupt:
        sys.exit(130)
