"""The administrators' guide lists the settings the program really has."""

import re

from scripts.settings_page import PAGE, page
from zhike.project.environment import SETTINGS
from zhike.project.home import CHECKOUT


def test_the_table_of_settings_is_up_to_date() -> None:
    assert PAGE.read_text() == page(PAGE.read_text())


def test_the_program_asks_for_no_setting_that_is_not_listed() -> None:
    sources = [path.read_text() for path in (CHECKOUT / "zhike").rglob("*.py") if "tests" not in path.parts]
    asked = {name for source in sources for name in re.findall(r'"(ZHIKE_[A-Z_]+)"', source)}
    assert asked - set(SETTINGS) == set()


def test_the_deployment_files_use_only_listed_settings() -> None:
    guides = [path.read_text() for folder in ("deploy", "docs/administrators") for path in (CHECKOUT / folder).iterdir()]
    named = {name for text in guides for name in re.findall(r"\b(ZHIKE_[A-Z_]+)=", text)}
    assert named - set(SETTINGS) == set()
