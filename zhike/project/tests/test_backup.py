"""备份与恢复: what was there is there again, to the last row and file; and nothing is touched without being told to."""

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from zhike.project.backup.kept import standing
from zhike.project.tests.programs import Installation, environment
from zhike.testing.databases import copied

CONTRACT = "合同正文".encode() * 5000
DIGEST = hashlib.sha256(CONTRACT).hexdigest()
ADD_FILE = "INSERT INTO files_file (name, size, type, digest, created_at) VALUES ('合同.txt', %s, 'text/plain', %s, now())"
CUSTOMERS = "SELECT name FROM customers_customer ORDER BY name"


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    """An installation in use: three customers and a file, and somebody in the middle of adding a fourth."""
    used = Installation(tmp_path / "home", copied())
    assert used.zhike("migrate").returncode == 0
    used.zhike("user", "add", "韩梅梅", "--role", "管理员")
    sheet = tmp_path / "客户.csv"
    sheet.write_text("登记名称\n甲方有限公司\n乙方有限公司\n丙方有限公司\n")
    assert used.zhike("import", "customers", str(sheet), "--as", "韩梅梅").returncode == 0
    place = used.home / "files" / DIGEST[:2] / DIGEST
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(CONTRACT)
    with psycopg.connect(used.url) as database:
        database.execute(ADD_FILE, [len(CONTRACT), DIGEST])
    return used


def customers(url: str) -> list[str]:
    with psycopg.connect(url) as database:
        return [name for (name,) in database.execute(CUSTOMERS)]


ALL = ["丙方有限公司", "乙方有限公司", "甲方有限公司"]


def test_an_installation_comes_back_whole_from_an_encrypted_backup(installation: Installation, tmp_path: Path) -> None:
    home, url = installation.home, installation.url
    keys = installation.zhike("backup-key").stdout.splitlines()
    (tmp_path / "key").write_text(f"# 备份私钥\n{keys[1]}\n")
    with psycopg.connect(url) as working:
        working.execute("UPDATE customers_customer SET name = '改了一半' WHERE name = '甲方有限公司'")
        made = installation.zhike("backup", f"{tmp_path}/copies/", "--verify", ZHIKE_BACKUP_KEY=keys[1])
        working.rollback()
    assert made.returncode == 0, made.stderr
    assert "核对通过：已在临时数据库中完整恢复" in made.stdout
    (file,) = (tmp_path / "copies").iterdir()
    assert file.name.endswith(".tar.age")
    assert file.stat().st_mode & 0o077 == 0
    assert "甲方".encode() not in file.read_bytes()
    assert file.read_bytes().startswith(b"age-encryption.org/v1\n")

    with psycopg.connect(url) as database:
        database.execute("UPDATE customers_customer SET name = name || '（误改）'")
    (home / "files" / DIGEST[:2] / DIGEST).unlink()
    wrong = customers(url)
    refused = installation.zhike("restore", str(file), "--key", str(tmp_path / "key"))
    assert (refused.returncode, "数据库不是空的" in refused.stderr, customers(url)) == (1, True, wrong)
    with psycopg.connect(url) as using:
        using.execute("SELECT 1")
        busy = installation.zhike("restore", str(file), "--force", "--key", str(tmp_path / "key"))
    assert (busy.returncode, customers(url)) == (1, wrong)
    assert busy.stderr == "错误：还有 1 个连接正在使用数据库；请先停止网页服务器和后台任务进程。没有任何改动\n"

    done = installation.zhike("restore", str(file), "--force", "--key", str(tmp_path / "key"))
    assert done.returncode == 0, done.stderr
    assert "并与备份时逐表核对一致" in done.stdout
    assert customers(url) == ALL
    assert (home / "files" / DIGEST[:2] / DIGEST).read_bytes() == CONTRACT
    assert installation.zhike("token", "韩梅梅").stdout.startswith("zk_")


def test_a_damaged_or_foreign_backup_is_recognised_before_anything_changes(installation: Installation, tmp_path: Path) -> None:
    url = installation.url
    whole = tmp_path / "whole.tar"
    assert installation.zhike("backup", str(whole)).returncode == 0
    content = whole.read_bytes()
    damaged = bytearray(content)
    damaged[content.index(CONTRACT) + 100] ^= 1
    (tmp_path / "damaged.tar").write_bytes(damaged)
    (tmp_path / "short.tar").write_bytes(content[: len(content) // 2])
    (tmp_path / "letter.txt").write_text("不是备份")
    for name, reason in (
        ("damaged.tar", f"备份中有 1 个附件缺失或已损坏，例如 {DIGEST[:12]}"),
        ("short.tar", "short.tar 不是知客的备份，或文件已损坏"),
        ("letter.txt", "letter.txt 不是知客的备份，或文件已损坏"),
        ("none.tar", "不能读取"),
    ):
        refused = installation.zhike("restore", str(tmp_path / name), "--force")
        assert (refused.returncode, reason in refused.stderr) == (1, True), refused.stderr
    assert customers(url) == ALL
    encrypted = installation.zhike("backup", str(tmp_path / "closed"), ZHIKE_BACKUP_KEY=_public(installation))
    assert encrypted.returncode == 0, encrypted.stderr
    (tmp_path / "other").write_text(installation.zhike("backup-key").stdout.splitlines()[1])
    locked = installation.zhike("restore", str(tmp_path / "closed"), "--verify", "--key", str(tmp_path / "other"))
    assert (locked.returncode, "不能用这个密钥解密" in locked.stderr) == (1, True), locked.stderr


def _public(installation: Installation) -> str:
    return installation.zhike("backup-key").stdout.splitlines()[3]


def test_old_backups_go_and_the_newest_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from zhike.project.backup.nightly import forget_old

    monkeypatch.setenv("ZHIKE_BACKUP_KEEP_DAYS", "14")
    now = time.time()
    for days in (1, 13, 15, 40):
        backup = tmp_path / f"zhike-{days}.tar.age"
        backup.touch()
        os.utime(backup, (now - days * 86400, now - days * 86400))
    (tmp_path / "other.tar").touch()
    forget_old(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other.tar", "zhike-1.tar.age", "zhike-13.tar.age"]
    monkeypatch.setenv("ZHIKE_BACKUP_KEEP_DAYS", "0")
    forget_old(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other.tar", "zhike-1.tar.age"]


@pytest.mark.covers("K-70")
def test_a_worker_backs_up_at_the_times_that_are_set_and_the_doctor_misses_a_backup_that_failed(
    installation: Installation, tmp_path: Path
) -> None:
    place = tmp_path / "nightly"
    key = _public(installation)
    settings = {"ZHIKE_BACKUP_FOLDER": str(place), "ZHIKE_BACKUP_KEY": key, "ZHIKE_BACKUP_CRON": "* * * * * */3"}
    assert "中还没有任何备份" in installation.zhike("doctor", **settings).stdout
    told = environment(installation.home, DATABASE_URL=installation.url, **settings)
    worker = subprocess.Popen([sys.executable, "-m", "zhike", "work"], env=told, stdout=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 60
        while not (made := standing(place)):
            assert time.monotonic() < deadline
            time.sleep(0.2)
    finally:
        worker.terminate()
        worker.wait(30)
    assert made[0].name.endswith(".tar.age")
    assert made[0].read_bytes().startswith(b"age-encryption.org/v1\n")
    assert "任何备份" not in (healthy := installation.zhike("doctor", **settings).stdout) and "最近一份" not in healthy
    for backup in standing(place):
        os.utime(backup, (time.time() - 3 * 86400,) * 2)
    late = installation.zhike("doctor", **settings)
    assert (late.returncode, f"{place} 中最近一份在 3 天前；请查看 zhike work 的日志" in late.stdout) == (1, True)
