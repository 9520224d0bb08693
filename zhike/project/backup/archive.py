"""备份文件: a tar of manifest, database and files; with a key it is encrypted in the age format, so `age` reads it as well."""

from __future__ import annotations

import os
import tarfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import pyrage

from zhike.project.errors import CommandFailed

SECRET, PUBLIC = "AGE-SECRET-KEY-", "age1"
AGE_MARK = b"age-encryption.org/"
Fill = Callable[[tarfile.TarFile], None]


def new_key() -> tuple[str, str]:
    """A fresh pair: the secret one restores, the public one suffices for making backups."""
    made = pyrage.x25519.Identity.generate()
    return str(made), str(made.to_public())


def pack(target: Path, members: Iterable[tuple[str, Path]], key: str) -> None:
    """Write all members into a new archive. It appears under its name only when it is whole and on the disk."""
    draft = target.with_name(f".{target.name}.part")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            _written(out, members, key)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def _written(out: BinaryIO, members: Iterable[tuple[str, Path]], key: str) -> None:
    if key:
        with _piped(lambda into: _tar(into, members)) as plain:
            pyrage.encrypt_io(plain, out, [_recipient(key)])
    else:
        _tar(out, members)


def _tar(into: BinaryIO, members: Iterable[tuple[str, Path]]) -> None:
    with tarfile.open(fileobj=into, mode="w|") as archive:
        for name, path in members:
            archive.add(path, name, recursive=False)


def unpack(source: Path, folder: Path, key: str) -> None:
    """Take an archive apart into a folder. Raises CommandFailed when it is none, is damaged, or the key does not fit."""
    try:
        with source.open("rb") as file:
            encrypted = file.read(len(AGE_MARK)) == AGE_MARK
            file.seek(0)
            if not encrypted:
                return _untar(file, folder)
            with _piped(lambda into: pyrage.decrypt_io(file, into, [_identity(key)])) as plain:
                return _untar(plain, folder)
    except pyrage.DecryptError as wrong:
        raise CommandFailed(f"{source.name} 不能用这个密钥解密，或文件已损坏（{wrong}）") from wrong
    except (tarfile.TarError, EOFError) as broken:
        raise CommandFailed(f"{source.name} 不是知客的备份，或文件已损坏（{broken}）") from broken
    except OSError as refused:
        raise CommandFailed(f"不能读取 {source}：{refused}") from refused


def _untar(file: BinaryIO, folder: Path) -> None:
    with tarfile.open(fileobj=file, mode="r|") as archive:
        archive.extractall(folder, filter="data")
        while file.read(1024 * 1024):
            pass  # to the end, where a cut-off file shows


@contextmanager
def _piped(fill: Callable[[BinaryIO], Any]) -> Iterator[BinaryIO]:
    """What `fill` writes, to be read at the same time; its failure is ours."""
    reading, writing = os.pipe()

    def write() -> None:
        with os.fdopen(writing, "wb") as into:
            fill(into)

    with ThreadPoolExecutor(1) as pool, os.fdopen(reading, "rb") as plain:
        filling = pool.submit(write)
        try:
            yield plain
        except tarfile.TarError:
            plain.close()
            filling.result()  # a wrong key shows as an empty archive first
            raise
        filling.result()


def _recipient(key: str) -> Any:
    try:
        return _identity(key).to_public() if key.startswith(SECRET) else pyrage.x25519.Recipient.from_str(key)
    except pyrage.RecipientError as wrong:
        raise CommandFailed("备份密钥应以 age1 或 AGE-SECRET-KEY-1 开头；可用 zhike backup-key 生成一对") from wrong


def _identity(key: str) -> Any:
    if not key:
        raise CommandFailed("备份是加密的；请用 --key 文件 或 ZHIKE_BACKUP_KEY 给出私钥")
    if key.startswith(PUBLIC):
        raise CommandFailed("公钥只能加密；恢复备份需要以 AGE-SECRET-KEY-1 开头的私钥")
    try:
        return pyrage.x25519.Identity.from_str(key)
    except pyrage.IdentityError as wrong:
        raise CommandFailed("备份密钥应以 age1 或 AGE-SECRET-KEY-1 开头；可用 zhike backup-key 生成一对") from wrong
