"""准备开发环境: from nothing but Python to `.venv` with every package of the lock file, hash by hash.

Runs on the machine's own Python before anything is installed, so it uses the standard library alone.
"""

import os
import re
import subprocess
import sys
import venv
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements-dev.lock"
UV_HOME = ROOT / ".build" / "uv"
UV = UV_HOME / "bin" / "uv"


def main() -> None:
    if sys.version_info < (3, 11):
        sys.exit(f"需要 Python 3.11 或更新，这里是 {sys.version.split()[0]}；可用 make PYTHON=python3.12 指定")
    get_uv()
    # Bytecode is made here, once: where Python may not write it beside its modules, every start would cost seconds more.
    environment = os.environ | {"VIRTUAL_ENV": str(ROOT / ".venv")} | package_index()
    for step in (
        ("venv", "--quiet", "--allow-existing", "--python", sys.executable, ".venv"),
        ("pip", "sync", "--quiet", "--require-hashes", "--compile-bytecode", LOCK.name),
        ("pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--editable", "."),
    ):
        subprocess.run([UV, *step], cwd=ROOT, env=environment, check=True)


def get_uv() -> None:
    """The version in the lock file, in a folder of its own: it must survive the syncing of `.venv`."""
    wanted = uv_lines()
    note = UV_HOME / "requirements.txt"
    if UV.exists() and note.exists() and note.read_text() == wanted:
        return
    # Debian ships the module venv without what it needs to install pip.
    if find_spec("ensurepip") is None:
        sys.exit("这个 Python 没有 venv 模块；在 Debian 或 Ubuntu 上请安装：apt-get install python3-venv")
    print("正在下载 uv……", flush=True)
    venv.create(UV_HOME, with_pip=True, clear=True)
    note.write_text(wanted)
    pip = [UV_HOME / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "--requirement", note], check=True)


def uv_lines() -> str:
    found = re.search(r"^uv==.*?(?=^\S|\Z)", LOCK.read_text(), re.MULTILINE | re.DOTALL)
    if found is None:
        sys.exit(f"{LOCK.name} 中没有 uv")
    return found.group()


def package_index() -> dict[str, str]:
    """uv does not read pip's settings, where many keep the address of a mirror near them."""
    if "UV_DEFAULT_INDEX" in os.environ:
        return {}
    pip = [UV_HOME / "bin" / "python", "-m", "pip", "config", "get", "global.index-url"]
    asked = subprocess.run(pip, capture_output=True, text=True)
    mirror = os.environ.get("PIP_INDEX_URL") or asked.stdout.strip()
    return {"UV_DEFAULT_INDEX": mirror} if mirror else {}


if __name__ == "__main__":
    main()
