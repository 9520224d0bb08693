"""数据库参数: settings of the database that comes along, scaled to the machine at each start."""

from pathlib import Path

import psutil

MB = 1024 * 1024
HEAD = "# 由知客在每次启动时写入；自己的设置请写在同一目录的 local.conf"


def configuration(*, sockets: Path, durable: bool) -> str:
    """The whole postgresql.conf; an administrator's own settings go into `local.conf` beside it and win."""
    settings = _fixed(sockets) | _scaled(_memory()) | ({} if durable else _NOT_DURABLE)
    lines = [f"{name} = '{value}'" for name, value in settings.items()]
    return "\n".join(
        ["# 由知客在每次启动时写入；自己的设置请写在同一目录的 local.conf", *lines, "include_if_exists = 'local.conf'", ""]
    )


def _fixed(sockets: Path) -> dict[str, object]:
    return {
        "listen_addresses": "",
        "unix_socket_directories": sockets,
        # The folder is private already; the account that root lends us must still let root in.
        "unix_socket_permissions": "0700",
        "max_connections": 200,
        "synchronous_commit": "on",
        # The only method that comes with it halves the log but makes the first change of a page after each checkpoint, which is
        # most changes in a large company, cost three times the processor time.
        "wal_compression": "off",
        "max_wal_size": "4GB",
        "checkpoint_timeout": "15min",
        # Compiling a query costs more than our short queries take.
        "jit": "off",
        # A record joins one table for the name of each reference. They may be joined in any order, and weighing every order of
        # nine of them takes ten times as long as the answer.
        "join_collapse_limit": 4,
        "random_page_cost": "1.1",
        "effective_io_concurrency": 200,
        "autovacuum_vacuum_scale_factor": "0.05",
        "autovacuum_analyze_scale_factor": "0.02",
        "timezone": "Asia/Shanghai",
        "log_timezone": "Asia/Shanghai",
        "logging_collector": "on",
        "log_directory": "../log",
        "log_filename": "postgres-%a.log",
        "log_truncate_on_rotation": "on",
        "log_rotation_age": "1d",
        # Statements carry what people are called. The log says what went wrong, not with whose data, and the slow ones are
        # in our own without theirs.
        "log_min_duration_statement": "-1",
        "log_min_error_statement": "panic",
        "log_error_verbosity": "terse",
    }


def _scaled(memory: int) -> dict[str, object]:
    def part(fraction: float, least: int, most: int) -> str:
        return f"{int(min(max(memory * fraction / MB, least), most))}MB"

    return {
        "shared_buffers": part(1 / 5, 64, 8192),
        "effective_cache_size": part(1 / 2, 256, 65536),
        "maintenance_work_mem": part(1 / 20, 64, 1024),
        "work_mem": part(1 / 400, 4, 64),
    }


_NOT_DURABLE: dict[str, object] = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "shared_buffers": "256MB",
}
"""For tests alone, whose data nobody misses."""


def _memory() -> int:
    """What this machine, or the container around us, has."""
    total: int = psutil.virtual_memory().total
    limit = Path("/sys/fs/cgroup/memory.max")
    if limit.is_file() and (text := limit.read_text().strip()).isdigit():
        return min(total, int(text))
    return total
