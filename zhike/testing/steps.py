"""逐步升级: `python -m zhike.testing.steps` brings an empty database through every migration there is, one after the other.

It tells PostgreSQL what `django migrate` tells it. But that draws up half of all objects anew after every change, two minutes of
processor for some six hundred changes; here an object is drawn up when a change asks for it.
"""

from __future__ import annotations

import os
from typing import Any

import django
from django.core.management import call_command
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState, StateApps

EVERY_STEP = MigrationExecutor._migrate_all_forwards


class AskedFor(StateApps):
    """The objects of a state, each drawn up with those it points to when somebody asks for it."""

    def __init__(self, real_apps: Any, models: Any) -> None:
        self.states: dict[tuple[str, str], Any] = {}
        super().__init__(real_apps, {})
        self.states = dict(models)

    def get_model(self, app_label: str, model_name: str | None = None, require_ready: bool = True) -> Any:
        label, name = app_label.split(".") if model_name is None else (app_label, model_name)
        self._draw(label, name.lower())
        return super().get_model(label, name, require_ready)

    def _draw(self, label: str, name: str) -> None:
        state = self.states.pop((label, name), None)
        if state is None:
            return
        state.render(self)
        for field in state.fields.values():
            for target in (field.remote_field and field.remote_field.model, getattr(field.remote_field, "through", None)):
                if isinstance(target, str):
                    at, _, pointed = target.rpartition(".")
                    self._draw(at or label, pointed.lower())


def drawn_when_asked(state: ProjectState) -> StateApps:
    if "apps" not in state.__dict__:
        state.__dict__["apps"] = AskedFor(state.real_apps, state.models)
    return state.__dict__["apps"]


def forget(state: ProjectState, *_: Any, **__: Any) -> None:
    """What was drawn up before a change no longer holds."""
    state.__dict__.pop("apps", None)


def all_forwards(executor: MigrationExecutor, state: ProjectState, *plan: Any, **how: Any) -> ProjectState:
    """Every step; what follows them (content types) finds all objects drawn up."""
    kept = {name: ProjectState.__dict__[name] for name in ("apps", "clone", "reload_model", "reload_models")}

    def clone(one: ProjectState) -> ProjectState:
        forget(one)
        return kept["clone"](one)

    patched = {"apps": property(drawn_when_asked), "clone": clone, "reload_model": forget, "reload_models": forget}
    for name, value in patched.items():
        setattr(ProjectState, name, value)
    try:
        state = EVERY_STEP(executor, state, *plan, **how)
    finally:
        for name, value in kept.items():
            setattr(ProjectState, name, value)
    forget(state)
    return state


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhike.project.settings")
    django.setup()
    MigrationExecutor._migrate_all_forwards = all_forwards
    call_command("migrate", verbosity=0)
