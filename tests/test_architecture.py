"""架构约束: what the layers' contracts cannot say, held by reading the code."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from zhike.kernel.registry import objects

ROOT = Path(__file__).resolve().parents[1]
CODE = sorted(p for p in (ROOT / "zhike").rglob("*.py") if "migrations" not in p.parts)
PRODUCT = [p for p in CODE if "tests" not in p.parts and "testing" not in p.parts and p.name != "conftest.py"]
GENERIC = [p for p in PRODUCT if p.parts[len(ROOT.parts) + 1] in ("kernel", "features", "api")]
LONGEST_FILE, LONGEST_FUNCTION = 300, 40

# Who may save, and why; everything else goes through kernel.writes.
SAVES = {
    "zhike/kernel/writes/one.py": "the one path",
    "zhike/features/jobs/run.py": "the row of a job is no business record",
    "zhike/features/files/store.py": "the row of a file is no business record",
    "zhike/org/failures.py": "the count of failures is no business record",
    "zhike/org/passkeys.py": "how one signs in is no business record",
    "zhike/org/second_step.py": "how one signs in is no business record",
    "zhike/org/single_sign_on/identities.py": "how one signs in is no business record",
    "zhike/org/sessions.py": "a session is no business record",
    "zhike/org/tokens.py": "a token is no business record",
    "zhike/org/ways.py": "how one signs in is no business record",
    "zhike/features/preferences/keeping.py": "a personal taste is no business record",
    "zhike/features/feeds/address.py": "a secret address is no business record",
    "zhike/features/approval/submitting.py": "a request is the way to a record, no record",
    "zhike/features/approval/deciding.py": "a request is the way to a record, no record",
    "zhike/features/approval/executing.py": "a request is the way to a record, no record",
    "zhike/features/approval/answering.py": "a request is the way to a record, no record",
    "zhike/features/approval/deadlines.py": "a request is the way to a record, no record",
    "zhike/features/audit/telling.py": "what was done before there was a history changes no record",
    "zhike/features/audit/revealing.py": "looking at a value changes no record",
    "zhike/features/retention/forgetting.py": "that bookkeeping went is told, and is no business record",
    "zhike/features/clocks/running.py": "a clock is no business record",
    "zhike/features/delegating/giving.py": "a right to act for oneself is no business record",
    "zhike/features/inbound/submitting.py": "that a form was sent in is no business record",
    "zhike/features/inbound/chatting.py": "which chat became which record is no business record",
    "zhike/features/insight/noting.py": "that somebody looked is no business record",
    "zhike/features/sharing/giving.py": "whom a record is open to is no business record",
    "zhike/features/notify/talk.py": "a comment belongs to whoever wrote it and is no business record",
    "zhike/features/merge/merging.py": "the one path, with what moves along",
    "zhike/features/merge/finding.py": "a suspicion is no business record",
    "zhike/features/undo/noting.py": "a note of what may be undone is no business record",
    "zhike/features/documents/making.py": "a picture is drawn, no record",
    "zhike/features/documents/writing.py": "a paper is written as a file, no record",
    "zhike/features/documents/issued.py": "the code of a paper is no business record",
    "zhike/features/notify/tell.py": "a notice is no business record",
    "zhike/features/automation/running.py": "that a rule touched a record is no business record",
    "zhike/features/channels/keys.py": "what opens a channel is kept apart from its record, so that nothing shows it",
}
# Django tells its own occasions by signals; the business uses events.
SIGNALS = {
    "zhike/kernel/apps.py": "sequences are made after migrating",
    "zhike/org/apps.py": "triggers are installed after migrating",
    "zhike/features/audit/apps.py": "triggers are installed after migrating",
    "zhike/features/transfer/apps.py": "an index of the audit is made after migrating",
}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def calls(path: Path) -> Iterator[ast.Attribute]:
    """Every `something.word(…)` of a file."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.func


def is_manager(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and node.attr in ("objects", "_base_manager", "_default_manager")


def saves(path: Path) -> bool:
    """Whether a file stores through the object mapper."""
    many = ("create", "bulk_create", "bulk_update", "get_or_create", "update_or_create")
    return any(
        (c.attr == "save" and ast.unparse(c.value) not in ("children", "super()")) or (c.attr in many and is_manager(c.value))
        for c in calls(path)
    )


def test_generic_code_names_no_object() -> None:
    domain = {c: m for c, m in objects().items() if m.__module__.startswith("zhike.apps")}
    named = ({*domain} | {m.spec.label for m in domain.values()}) - {"tags", "标签"}  # tags are a kind as well
    for path in GENERIC:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom | ast.Import):
                assert "zhike.apps" not in ast.unparse(node), f"{name(path)} imports an object"
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert node.value not in named, f"{name(path)} names {node.value}"


@pytest.mark.parametrize("path", CODE, ids=name)
def test_files_and_functions_stay_short(path: Path) -> None:
    text = path.read_text()
    assert text.count("\n") <= LONGEST_FILE, name(path)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < LONGEST_FUNCTION, f"{name(path)}: {node.name}"


def test_stylesheets_stay_short() -> None:
    """The linter of the client counts the lines of its code, not of what it looks like."""
    lengths = {name(path): path.read_text().count("\n") for path in (ROOT / "web/src").rglob("*.css")}
    assert len(lengths) > 30
    assert {path: lines for path, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_records_are_stored_by_the_write_path_alone() -> None:
    around = {name(p) for p in PRODUCT if saves(p)} - set(SAVES)
    assert {p for p in around if not p.startswith(("zhike/kernel/writes/", "zhike/features/transfer/"))} == set()


def test_every_exception_is_still_needed() -> None:
    assert {p for p in SAVES if not saves(ROOT / p)} == set()
    assert {p for p in SIGNALS if "signals" not in (ROOT / p).read_text()} == set()


def test_business_effects_are_events_and_never_signals() -> None:
    using = {name(p) for p in PRODUCT if any(w in p.read_text() for w in ("django.db.models.signals", "django.dispatch"))}
    assert using - set(SIGNALS) == set()


def test_one_place_alone_reaches_addresses_that_people_type() -> None:
    """Nothing else has anything to ask with (SSRF)."""
    fetching = ("urllib.request", "urllib3", "requests", "httpx", "aiohttp", "http.client", "pycurl")
    found = {name(p) for p in PRODUCT for module in imported(p) if module in fetching}
    assert found == {
        "zhike/project/commands/demo.py",  # waits for its own server on this machine
        "zhike/features/channels/reaching.py",  # looks at the very address it connects to, and follows nobody
        "zhike/org/single_sign_on/provider.py",  # asks whom the operator has named in the environment, and nobody else
    }


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def test_nothing_is_unfinished_or_silenced() -> None:
    marks = ["TO" + "DO", "FIX" + "ME", "XX" + "X", "# no" + "qa", "# type: " + "ignore", "NotImplemented" + "()"]
    for path in CODE:
        found = [m for m in marks if m in path.read_text()]
        assert not found, f"{name(path)}: {found}"


def test_no_package_is_a_catch_all() -> None:
    assert not [
        p for p in PRODUCT if p.stem in ("utils", "helpers", "common", "misc") or p.parent.name in ("utils", "helpers", "common")
    ]


def test_every_module_says_what_it_is_for() -> None:
    silent = [name(p) for p in PRODUCT if p.stat().st_size and not ast.get_docstring(ast.parse(p.read_text()))]
    glue = ("apps.py", "models.py", "__main__.py", "wsgi.py", "__init__.py")
    assert [p for p in silent if not p.endswith(glue)] == []


def declares_a_job(path: Path) -> bool:
    """Whether a function of this module is decorated as a kind of job."""
    functions = (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef))
    wrapped = (d.func for f in functions for d in f.decorator_list if isinstance(d, ast.Call))
    return any(isinstance(func, ast.Name) and func.id == "job" for func in wrapped)


def test_a_worker_knows_every_kind_of_job_without_the_interface() -> None:
    wanted = {name(p).removesuffix(".py").replace("/", ".") for p in PRODUCT if declares_a_job(p)}
    code = "import django, sys; django.setup(); print(*sys.modules)"
    settings = os.environ | {"DJANGO_SETTINGS_MODULE": "zhike.project.settings"}
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=settings, capture_output=True, text=True, check=True)
    assert (len(wanted) > 15, wanted - set(loaded.stdout.split())) == (True, set())
