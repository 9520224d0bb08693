"""备份与恢复: the commands an operator gives, and the sentences she reads."""

import argparse
import sys
from pathlib import Path
from typing import Any

from zhike.project.commands.migrate import bring_up_to_date
from zhike.project.database import database
from zhike.project.environment import setting
from zhike.project.errors import CommandFailed
from zhike.project.ready import ready


def backup(arguments: argparse.Namespace) -> int:
    from zhike.project.backup.making import make_backup

    key = _key(arguments)
    place = Path(arguments.place).expanduser()
    with database() as url:
        made, manifest = make_backup(place, url, key, folder=arguments.place.endswith("/"))
    print(f"备份完成：{made}（{_size(made)}，{'已加密' if key else '未加密'}）\n{_told(manifest)}", flush=True)
    if manifest["missing"]:
        print(f"注意：有 {len(manifest['missing'])} 个附件不在附件目录中，备份里没有它们；请运行 zhike doctor")
    if arguments.verify:
        _verify(made, key)
    return 0


def restore(arguments: argparse.Namespace) -> int:
    from zhike.project.backup.restoring import restore as put_back

    source, key = Path(arguments.file).expanduser(), _key(arguments)
    if arguments.verify:
        _verify(source, key)
        return 0
    with ready(), database() as url:
        manifest = put_back(source, key, url, force=arguments.force)
        print(f"已恢复 {manifest['made_at']} 的备份，并与备份时逐表核对一致\n{_told(manifest)}", flush=True)
        bring_up_to_date(sys.stdout, quiet=True)  # a backup of an earlier version gets the tables of this one
    return 0


def backup_key(_: argparse.Namespace) -> int:
    """A pair for an operator who has no age program at hand."""
    from zhike.project.backup.archive import new_key

    secret, public = new_key()
    print(f"私钥（恢复时使用，请另外妥善保存，不要放在服务器上）：\n{secret}\n公钥（写入服务器的 ZHIKE_BACKUP_KEY）：\n{public}")
    return 0


def _verify(source: Path, key: str) -> None:
    from zhike.project.backup.restoring import verify

    manifest = verify(source, key)
    print(f"核对通过：已在临时数据库中完整恢复，{len(manifest['tables'])} 张表的行数与内容、全部附件都与备份时一致")


def _key(arguments: argparse.Namespace) -> str:
    if not arguments.key:
        return setting("ZHIKE_BACKUP_KEY")
    try:
        lines = Path(arguments.key).expanduser().read_text().splitlines()
    except OSError as refused:
        raise CommandFailed(f"不能读取密钥文件 {arguments.key}：{refused}") from refused
    found = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    if not found:
        raise CommandFailed(f"密钥文件 {arguments.key} 是空的")
    return found[0]


def _told(manifest: dict[str, Any]) -> str:
    rows = sum(int(count) for count, _ in manifest["tables"].values())
    return f"{len(manifest['tables'])} 张表，{rows} 行，{len(manifest['files'])} 个附件"


def _size(path: Path) -> str:
    return f"{path.stat().st_size / 1024**2:.1f} MB"
