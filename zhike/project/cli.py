"""命令行: the executable `zhike`, what it understands and whom it calls.

Django and every command are imported only when a command runs, so that `zhike --help` answers at once.
"""

import argparse
import os
import signal
import sys
from importlib import import_module
from typing import TYPE_CHECKING, TypeAlias

from zhike.project.errors import CommandFailed

if TYPE_CHECKING:
    Commands: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]

DESCRIPTION = "知客 Zhike：开放的客户关系管理系统。设置来自环境变量（ZHIKE_HOME、DATABASE_URL、ZHIKE_HOST、ZHIKE_PORT 等）。"


def main(words: list[str] | None = None) -> None:
    """Run one command; it exits with 0 when it succeeded, 1 when it could not, 2 when it was not understood."""
    arguments = parser().parse_args(words)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhike.project.settings")
    # Also where a shell that started us in the background has switched Ctrl-C off.
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, signal.default_int_handler)
    module, function = arguments.run.split(":")
    try:
        sys.exit(getattr(import_module(f"zhike.project.commands.{module}"), function)(arguments))
    except CommandFailed as failure:
        sys.exit(f"错误：{failure}")
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        # The reader, such as `head`, has seen enough; nothing is left to say at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def parser() -> argparse.ArgumentParser:
    whole = argparse.ArgumentParser(prog="zhike", description=DESCRIPTION)
    commands = whole.add_subparsers(title="命令", metavar="命令", required=True)
    _add_service(commands)
    _add_people(commands)
    _add_transfer(commands)
    _add_backup(commands)
    _command(commands, "doctor", "doctor:doctor", "检查这套安装常见的配置问题")
    return whole


def _command(commands: "Commands", name: str, run: str, help_text: str) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=help_text, description=help_text)
    command.set_defaults(run=run)
    return command


def _add_service(commands: "Commands") -> None:
    serve = _command(commands, "serve", "serve:serve", "启动网页服务器")
    _add_port(serve)
    _command(commands, "work", "work:work", "启动后台任务进程")
    _command(commands, "migrate", "migrate:migrate", "建立或升级数据库表")
    demo = _command(commands, "demo", "demo:demo", "启动带有演示公司数据的完整系统，按 Ctrl-C 停止")
    demo.add_argument("--pack", metavar="名称", default="company", help="行业模板（默认 company）")
    _add_port(demo)


def _add_port(command: argparse.ArgumentParser) -> None:
    command.add_argument("--port", type=int, metavar="端口", help="监听的端口（默认 ZHIKE_PORT 或 8000；0 表示任选空闲端口）")


def _add_people(commands: "Commands") -> None:
    user = commands.add_parser("user", help="管理用户", description="管理用户")
    actions = user.add_subparsers(title="命令", metavar="命令", required=True)
    add = _command(actions, "add", "people:add_user", "新增用户并显示初始密码")
    add.add_argument("name", metavar="用户名")
    add.add_argument("--role", metavar="角色", required=True, help="角色的名称或代码")
    add.add_argument("--department", metavar="部门", help="部门路径，例如 总公司/华东大区/上海分公司")
    unlock = _command(actions, "unlock", "people:unlock", "解除登录锁定并重置两步验证")
    unlock.add_argument("name", metavar="用户名")
    token = _command(commands, "token", "people:token", "为用户生成接口令牌并显示")
    token.add_argument("name", metavar="用户名")
    token.add_argument("--label", metavar="名称", default="命令行", help="给哪个程序用")
    token.add_argument("--days", type=int, metavar="天数", help="有效多少天；不给时长期有效")
    token.add_argument("--read-only", action="store_true", help="只能读取")
    token.add_argument("--only", metavar="对象", action="append", default=[], help="只能用于这个对象，可以写几次")


def _add_transfer(commands: "Commands") -> None:
    load = _command(commands, "import", "transfer:load", "从 CSV 或 XLSX 文件导入")
    _add_collection(load)
    load.add_argument("--mapping", metavar="文件", help="列与字段的对应关系（JSON）；不给时自动识别")
    load.add_argument(
        "--on-duplicate", choices=("skip", "update", "create"), default="skip", help="遇到重复：跳过、更新或仍然新增"
    )
    load.add_argument("--dry-run", action="store_true", help="只检查，不写入")
    load.add_argument("--json", action="store_true", help="以 JSON 输出结果")
    save = _command(commands, "export", "transfer:save", "导出为 CSV 或 XLSX 文件（按扩展名）")
    _add_collection(save)
    save.add_argument("--filter", metavar="JSON", help="筛选条件")


def _add_backup(commands: "Commands") -> None:
    make = _command(commands, "backup", "backup:backup", "备份数据库和附件，不影响正在使用的人")
    make.add_argument("place", metavar="位置", help="备份文件，或存放备份的目录")
    make.add_argument("--verify", action="store_true", help="完成后在临时数据库中恢复一遍，逐表逐附件核对")
    _add_key(make)
    put_back = _command(commands, "restore", "backup:restore", "从备份恢复；数据库不是空的时需要 --force")
    put_back.add_argument("file", metavar="文件")
    put_back.add_argument("--force", action="store_true", help="替换现有的全部数据")
    put_back.add_argument("--verify", action="store_true", help="只在临时数据库中恢复并核对，不改动现有数据")
    _add_key(put_back)
    _command(commands, "backup-key", "backup:backup_key", "生成一对备份密钥")


def _add_key(command: argparse.ArgumentParser) -> None:
    command.add_argument("--key", metavar="文件", help="密钥文件；不给时用 ZHIKE_BACKUP_KEY")


def _add_collection(command: argparse.ArgumentParser) -> None:
    command.add_argument("collection", metavar="对象", help="例如 customers、opportunities")
    command.add_argument("file", metavar="文件")
    command.add_argument("--as", dest="username", metavar="用户名", required=True, help="以谁的身份和权限")
