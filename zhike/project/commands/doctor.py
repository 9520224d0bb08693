"""体检: finds what is usually wrong with an installation, in words its administrator can act upon."""

import argparse
import os
import shutil
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path

from zhike.project.database import database
from zhike.project.environment import number, setting, switched_on, words
from zhike.project.errors import CommandFailed
from zhike.project.home import home
from zhike.project.operation.finding import Finding
from zhike.project.operation.symptoms import OF_DATABASE, OF_SETTINGS, OF_TABLES, age_of_tables, answer
from zhike.project.ready import explained

OLDEST_POSTGRES = 15
LEAST_DISK = 2 * 1024**3
QUICK_ORDERS = ("C", "POSIX", "C.UTF-8", "C.utf8")
LOCAL = ("127.0.0.1", "::1", "localhost")


def doctor(_: argparse.Namespace) -> int:
    errors = 0
    for finding in examine():
        print(f"[{finding.sign}] {finding.subject}" + (f"：{finding.advice}" if finding.advice else ""), flush=True)
        errors += finding.sign == "错误"
    print(f"\n{f'发现 {errors} 个错误' if errors else '没有发现错误'}。")
    return 1 if errors else 0


def examine() -> Iterator[Finding]:
    for check in (folder, secret, disk, exposure, encryption, debugging, web_client, *OF_SETTINGS):
        yield check()
    try:
        with database():
            import django

            django.setup()
            for check in DATABASE_CHECKS:
                yield check()
            if not age_of_tables().advice:
                for check in OF_TABLES:
                    yield check()
    except CommandFailed as failure:
        yield Finding("数据库", str(failure))


def folder() -> Finding:
    """数据目录"""
    place = home()
    place.mkdir(parents=True, exist_ok=True)
    writable = os.access(place, os.W_OK | os.X_OK)
    return Finding(f"数据目录 {place}", "" if writable else "当前用户不能写入；请改用拥有它的用户，或用 ZHIKE_HOME 指定别处")


def secret() -> Finding:
    """密钥"""
    key = home() / "secret_key"
    if setting("ZHIKE_SECRET_KEY"):
        short = len(setting("ZHIKE_SECRET_KEY")) < 32
        return Finding("签名密钥", "ZHIKE_SECRET_KEY 少于 32 个字符，容易被猜到" if short else "")
    open_to_others = key.exists() and key.stat().st_mode & 0o077
    return Finding("签名密钥", f"其他用户可以读取 {key}；请运行 chmod 600" if open_to_others else "")


def disk() -> Finding:
    """磁盘空间"""
    free = shutil.disk_usage(home()).free
    return Finding("磁盘空间", f"只剩 {free / 1024**3:.1f} GB" if free < LEAST_DISK else "", warning=True)


def exposure() -> Finding:
    """访问域名"""
    loose = setting("ZHIKE_HOST") not in LOCAL and "*" in words("ZHIKE_ALLOWED_HOSTS")
    return Finding("访问域名", "服务器对外监听，请用 ZHIKE_ALLOWED_HOSTS 写明域名" if loose else "", warning=True)


def encryption() -> Finding:
    """加密连接"""
    origins = words("ZHIKE_TRUSTED_ORIGINS")
    if any(origin.startswith("https://") for origin in origins) and not switched_on("ZHIKE_HTTPS"):
        return Finding("加密连接", "ZHIKE_TRUSTED_ORIGINS 是 https 地址，请同时设置 ZHIKE_HTTPS=1")
    if switched_on("ZHIKE_HTTPS") and not origins:
        return Finding(
            "加密连接", "已设置 ZHIKE_HTTPS=1，还需用 ZHIKE_TRUSTED_ORIGINS 写明外部地址，否则可能无法登录", warning=True
        )
    plain = setting("ZHIKE_HOST") not in LOCAL and not switched_on("ZHIKE_HTTPS")
    return Finding(
        "加密连接", "密码会以明文经过网络；请放在 HTTPS 反向代理之后并设置 ZHIKE_HTTPS=1" if plain else "", warning=True
    )


def debugging() -> Finding:
    """调试模式"""
    return Finding("调试模式", "ZHIKE_DEBUG=1 会向访客显示内部细节；正式使用时请去掉" if switched_on("ZHIKE_DEBUG") else "")


def web_client() -> Finding:
    """网页客户端"""
    page = Path(__file__).resolve().parents[1] / "web" / "index.html"
    return Finding("网页客户端", "" if page.is_file() else "还没有构建；请在源码目录运行 make demo")


def server_version() -> Finding:
    """数据库版本"""
    from django.db import OperationalError, connection

    try:
        connection.ensure_connection()
    except OperationalError as refused:
        raise CommandFailed(explained(refused)) from refused
    number = int(answer("show server_version_num"))
    old = number < OLDEST_POSTGRES * 10000
    return Finding(f"PostgreSQL {number // 10000}.{number % 10000}", f"需要 {OLDEST_POSTGRES} 或更新的版本" if old else "")


def encoding() -> Finding:
    """字符编码"""
    found = answer("show server_encoding")
    remedy = "createdb --encoding=UTF8 --locale=C.UTF-8 --template=template0"
    return Finding("数据库编码", "" if found == "UTF8" else f"是 {found}；请用 UTF8 重建数据库：{remedy}")


def order() -> Finding:
    """排序规则"""
    found = answer("select datcollate from pg_database where datname = current_database()")
    advice = f"是 {found}；按语言排序比 C.UTF-8 慢，并会随系统升级改变而损坏索引，建议重建数据库"
    return Finding("数据库排序规则", "" if found in QUICK_ORDERS else advice, warning=True)


def durability() -> Finding:
    """断电保护"""
    careless = answer("show fsync") == "off" or answer("show full_page_writes") == "off"
    return Finding("断电保护", "数据库关闭了 fsync 或 full_page_writes，断电会损坏数据" if careless else "")


def connections() -> Finding:
    """连接数"""
    have = int(answer("show max_connections"))
    need = number("ZHIKE_PROCESSES") * number("ZHIKE_THREADS") + number("ZHIKE_JOBS") + 10
    return Finding("数据库连接数", f"数据库只允许 {have} 个连接，这台服务器可能需要 {need} 个" if have < need else "")


def declarations() -> Finding:
    """对象声明"""
    from django.core.management import call_command
    from django.core.management.base import SystemCheckError

    try:
        call_command("check", fail_level="ERROR", stdout=StringIO())
    except SystemCheckError as found:
        return Finding("程序自检", str(found))
    return Finding("程序自检")


def workers() -> Finding:
    """后台任务进程"""
    if age_of_tables().advice:
        return Finding("后台任务进程", "数据表就绪后才能检查", warning=True)
    alive = int(answer("select count(*) from procrastinate_workers where last_heartbeat > now() - interval '60 seconds'"))
    advice = "没有正在运行的后台任务进程；导入、导出等任务会一直等待，请启动 zhike work"
    return Finding("后台任务进程", "" if alive else advice, warning=True)


DATABASE_CHECKS: tuple[Callable[[], Finding], ...] = (
    server_version,
    encoding,
    order,
    durability,
    connections,
    *OF_DATABASE,
    declarations,
    workers,
)
