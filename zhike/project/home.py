"""数据目录: where an installation keeps what it must not lose."""

import os
import secrets
from pathlib import Path

from zhike.project.environment import setting

CHECKOUT = Path(__file__).resolve().parents[2]


def home() -> Path:
    """The data folder: `ZHIKE_HOME`, else `var` in a checkout, else `~/.zhike`."""
    chosen = setting("ZHIKE_HOME")
    if chosen:
        return Path(chosen).expanduser().absolute()
    if (CHECKOUT / "pyproject.toml").is_file():
        return CHECKOUT / "var"
    return Path.home() / ".zhike"


def secret_key() -> str:
    """The key that signs sessions: from `ZHIKE_SECRET_KEY`, else made once and kept in the data folder."""
    given = setting("ZHIKE_SECRET_KEY")
    return given or _kept_secret(home() / "secret_key")


def _kept_secret(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    if not path.exists():
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
        _publish_once(draft, path)
    return path.read_text().strip()


def _publish_once(draft: Path, path: Path) -> None:
    """Two processes may start together: a link fails where a file exists, so the first key wins and is whole."""
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
