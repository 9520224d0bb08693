"""测试所需软件: a browser and a Chinese font for the browser journeys, from Debian's packages when we may."""

import os
import shutil
import subprocess
import sys

from zhike.testing.browser import found

PACKAGES = {"chromium-headless-shell": "浏览器 Chromium", "fonts-noto-cjk": "中文字体"}


def main() -> None:
    missing = [package for package in PACKAGES if not present(package)]
    if not missing:
        return
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        names = "、".join(PACKAGES[package] for package in missing)
        sys.exit(f"测试还需要{names}；在 Debian 或 Ubuntu 上请运行：sudo apt-get install -y {' '.join(missing)}")
    install(missing)


def present(package: str) -> bool:
    if package == "chromium-headless-shell":
        return found() is not None
    if shutil.which("fc-list") is None:
        return False
    return bool(subprocess.run(["fc-list", ":lang=zh-cn"], capture_output=True, text=True).stdout.strip())


def install(packages: list[str]) -> None:
    print(f"正在安装 {' '.join(packages)}……", flush=True)
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    # Some list may be out of reach; what matters is whether the packages can be had.
    subprocess.run(["apt-get", "update", "-qq"], env=quiet)
    get = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    subprocess.run(get, env=quiet, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
