"""症状: what goes wrong with an installation while it is used – found in its settings, its database and its files."""

from __future__ import annotations

import time
from collections.abc import Callable
from ipaddress import ip_network
from pathlib import Path
from typing import Any

from zhike.project.backup import kept
from zhike.project.environment import setting, words
from zhike.project.home import home
from zhike.project.operation.finding import Finding

MOST_SECONDS_APART = 60
LONGEST_WAIT_MINUTES = 10
LONGEST_IDLE_MINUTES = 10
FILES_LOOKED_FOR = 2000
OLDEST_BACKUP_HOURS = 48


def mail() -> Finding:
    """邮件"""
    server, security = setting("ZHIKE_SMTP_HOST"), setting("ZHIKE_SMTP_SECURITY")
    if security not in ("none", "starttls", "tls"):
        return Finding("邮件", f"ZHIKE_SMTP_SECURITY 应为 none、starttls 或 tls，而不是“{security}”")
    if server and not setting("ZHIKE_ADDRESS"):
        return Finding("邮件", "没有设置 ZHIKE_ADDRESS，邮件中不会有链接", warning=True)
    open_password = setting("ZHIKE_SMTP_PASSWORD") and security == "none" and server not in ("localhost", "127.0.0.1")
    return Finding("邮件", "密码会以明文发给邮件服务器；请设置 ZHIKE_SMTP_SECURITY" if open_password else "", warning=True)


def watching() -> Finding:
    """监控"""
    for written in words("ZHIKE_METRICS_NETWORKS"):
        try:
            network = ip_network(written, strict=False)
        except ValueError:
            return Finding("监控", f"ZHIKE_METRICS_NETWORKS 中的“{written}”不是网络地址，应如 10.0.0.0/8")
        if network.prefixlen == 0:
            return Finding("监控", "ZHIKE_METRICS_NETWORKS 允许所有人读取 /metrics；请写明监控服务器的网络", warning=True)
    return Finding("监控")


def age_of_tables() -> Finding:
    """新旧"""
    from zhike.project.operation.health import standing

    missing, unknown = standing()
    if unknown:
        return Finding("数据表", "数据库由更新版本的知客升级过；请安装新版本，或用升级前的备份恢复")
    return Finding("数据表", f"有 {len(missing)} 项升级未执行；请运行 zhike migrate" if missing else "")


def clocks() -> Finding:
    """时钟"""
    apart = abs(float(answer("SELECT extract(epoch FROM clock_timestamp())")) - time.time())
    advice = f"本机与数据库服务器的时间相差 {apart:.0f} 秒；请启用时间同步（NTP）"
    return Finding("时钟", advice if apart > MOST_SECONDS_APART else "", warning=True)


def forgotten_transactions() -> Finding:
    """搁置的事务"""
    idle = int(answer(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction' "
        f"AND state_change < now() - interval '{LONGEST_IDLE_MINUTES} minutes'"
    ))  # fmt: skip
    advice = f"有 {idle} 个连接打开事务后搁置了 {LONGEST_IDLE_MINUTES} 分钟以上，会拖慢整个数据库；请结束打开它们的程序"
    return Finding("搁置的事务", advice if idle else "", warning=True)


def broken_indexes() -> Finding:
    """损坏的索引"""
    broken = str(answer("SELECT string_agg(indexrelid::regclass::text, '、') FROM pg_index WHERE NOT indisvalid") or "")
    return Finding("索引", f"{broken} 没有建成，不会被使用；请执行 REINDEX INDEX CONCURRENTLY" if broken else "", warning=True)


def cleaning() -> Finding:
    """自动清理"""
    off = answer("SHOW autovacuum") == "off"
    return Finding("自动清理", "数据库关闭了 autovacuum，数据会越来越慢、越来越大；请打开" if off else "")


def stuck_jobs() -> Finding:
    """积压的任务"""
    waiting = int(answer(
        "SELECT count(*) FROM jobs_job WHERE state = 'waiting' "
        f"AND created_at < now() - interval '{LONGEST_WAIT_MINUTES} minutes'"
    ))  # fmt: skip
    advice = f"有 {waiting} 个任务等待了 {LONGEST_WAIT_MINUTES} 分钟以上；请检查 zhike work 是否在运行，或多启动一个"
    return Finding("任务队列", advice if waiting else "", warning=True)


def missing_files() -> Finding:
    """缺失的文件: the newest ones are looked for, which are those a wrong folder would lack."""
    folder = home() / "files"
    newest = column(f"SELECT digest FROM files_file ORDER BY id DESC LIMIT {FILES_LOOKED_FOR}")
    gone = sum(not (folder / digest[:2] / digest).is_file() for digest in newest)
    advice = f"最近 {len(newest)} 个附件中有 {gone} 个不在 {folder} 里；请检查共享存储是否挂载、备份是否完整恢复"
    return Finding("附件", advice if gone else "")


def answer(question: str) -> Any:
    """The one value the database gives."""
    return column(question)[0]


def column(question: str) -> list[Any]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(question)
        return [row[0] for row in cursor.fetchall()]


def writable(place: Path) -> bool:
    """Whether a file can really be made there: a full or read-only disk has the right permissions, too."""
    probe = place / ".zhike-probe"
    try:
        place.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"x")
        probe.unlink()
    except OSError:
        return False
    return True


def files_folder() -> Finding:
    """附件目录"""
    place = home() / "files"
    return Finding("附件目录", "" if writable(place) else f"不能写入 {place}；请检查磁盘空间和权限")


def backups() -> Finding:
    """备份"""
    place = kept.folder()
    if place is None:
        return Finding("备份", "没有设置定时备份；请设置 ZHIKE_BACKUP_FOLDER，最好在另一块磁盘上", warning=True)
    seconds = kept.age(place)
    if seconds is not None and seconds < OLDEST_BACKUP_HOURS * 3600:
        return Finding("备份")
    last = "还没有任何备份" if seconds is None else f"最近一份在 {seconds / 86400:.0f} 天前"
    return Finding("备份", f"{place} 中{last}；请查看 zhike work 的日志")


OF_SETTINGS: tuple[Callable[[], Finding], ...] = (mail, watching, files_folder, backups)
OF_DATABASE: tuple[Callable[[], Finding], ...] = (clocks, cleaning, age_of_tables, broken_indexes, forgotten_transactions)
OF_TABLES: tuple[Callable[[], Finding], ...] = (stuck_jobs, missing_files)
