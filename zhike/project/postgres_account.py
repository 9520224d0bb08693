"""数据库账户: PostgreSQL refuses to run as root, so root lends it another account."""

import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

CANDIDATES = ("zhike", "nobody")


@dataclass(frozen=True)
class Account:
    """The account PostgreSQL runs as; `user` is None when it is simply our own."""

    user: pwd.struct_passwd | None
    prefix: tuple[str, ...] = ()

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        # An own session: Ctrl-C in the terminal must reach us, not the database under our feet.
        return subprocess.run(
            [*self.prefix, *command],
            cwd="/",
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            start_new_session=True,
        )

    def own(self, path: Path) -> None:
        """Make a private folder, or take over what is there, for this account."""
        try:
            path.mkdir(parents=True, mode=0o700)
        except FileExistsError:
            self._distrust(path)
        if self.user is not None:
            os.chown(path, self.user.pw_uid, self.user.pw_gid)

    def _distrust(self, path: Path) -> None:
        """In the shared temporary folder somebody else may have laid out our name before us."""
        found = path.lstat()
        ours = {os.geteuid()} if self.user is None else {os.geteuid(), self.user.pw_uid}
        if stat.S_ISLNK(found.st_mode) or found.st_uid not in ours:
            raise PermissionError(f"{path} 属于别的用户")

    def _environment(self) -> dict[str, str]:
        """Without the caller's PG* variables, which would lead the tools to another server."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        return kept | {"LC_ALL": "C", "LC_MESSAGES": "C"}


def account_for(folder: Path, programs: Path) -> Account:
    """Ourselves; for root the account that owns the data already, else `zhike` if there is one, else `nobody`."""
    if os.geteuid() != 0:
        return Account(user=None)
    user = _owner(folder / "data") or _candidate()
    return Account(user=user, prefix=_become(user, reachable=_reachable(folder, user) and _reachable(programs, user)))


def _owner(data: Path) -> pwd.struct_passwd | None:
    if not data.exists() or data.stat().st_uid == 0:
        return None
    return pwd.getpwuid(data.stat().st_uid)


def _candidate() -> pwd.struct_passwd:
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    return next(known[name] for name in CANDIDATES if name in known)


def _become(user: pwd.struct_passwd, *, reachable: bool) -> tuple[str, ...]:
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        raise PermissionError("以 root 运行随附数据库需要 util-linux 的 setpriv；请安装它，或改用普通用户运行")
    identity = (setpriv, f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups")
    # A checkout below /root or a private temporary folder is closed to the account. Opening the folders for everybody
    # would change the machine of our host; lending the database the right to pass them changes nothing that stays.
    pass_folders = () if reachable else ("--inh-caps=+dac_override", "--ambient-caps=+dac_override")
    return (*identity, *pass_folders, "--")


def _reachable(path: Path, user: pwd.struct_passwd) -> bool:
    """Whether the account may pass every folder above `path`."""
    return all(_may_pass(folder.stat(), user) for folder in path.absolute().parents)


def _may_pass(folder: os.stat_result, user: pwd.struct_passwd) -> bool:
    if folder.st_uid == user.pw_uid:
        return bool(folder.st_mode & stat.S_IXUSR)
    if folder.st_gid == user.pw_gid:
        return bool(folder.st_mode & stat.S_IXGRP)
    return bool(folder.st_mode & stat.S_IXOTH)
