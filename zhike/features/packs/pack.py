"""Pack: the data of one industry template, read from its folder zhike/packs/<name>."""

from __future__ import annotations

import json
import re
from importlib import import_module
from importlib.resources import files
from types import ModuleType
from typing import Any

from zhike.kernel.errors import NotFound

NAME = re.compile(r"[a-z][a-z_]{0,39}")


def data(pack: str, part: str) -> Any:
    """One JSON file of a pack: data("company", "roles"). Raises NotFound for a pack there is not."""
    if not NAME.fullmatch(pack):
        raise NotFound(f"没有行业模板“{pack[:40]}”")
    found = files("zhike.packs").joinpath(pack, f"{part}.json")
    if not found.is_file():
        raise NotFound(f"没有行业模板“{pack}”")
    return json.loads(found.read_text(encoding="utf-8"))


def story(pack: str) -> ModuleType:
    """The module that tells the records of the demo company."""
    return import_module(f"zhike.packs.{pack}.demo")
