"""Running the executable as a person would: another process, a data folder of its own."""

import os
import subprocess
import sys
from pathlib import Path

OURS = ("DATABASE_URL", "ZHIKE_")


def environment(home: Path, **settings: str) -> dict[str, str]:
    """Without what the test run has set for itself."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return kept | {"ZHIKE_HOME": str(home), **settings}


def zhike(home: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """One command, run to its end."""
    command = [sys.executable, "-m", "zhike", *words]
    return subprocess.run(command, env=environment(home, **settings), capture_output=True, text=True, timeout=120)
