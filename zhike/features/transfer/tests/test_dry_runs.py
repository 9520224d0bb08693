"""Dry runs and cancelled runs: they tell everything and leave nothing."""

from __future__ import annotations

from typing import Any

import pytest

from zhike.features.audit.models import Entry
from zhike.features.jobs.run import run_now
from zhike.features.transfer import engine
from zhike.features.transfer.tests.conftest import Importer

ROWS = [["登记名称", "客户级别"], ["甲", "A级"], ["乙", "特级"], ["丙", ""]]


@pytest.mark.covers("K-07")
def test_a_dry_run_tells_what_would_happen_and_writes_nothing(boss: Importer) -> None:
    found = boss.begun("customers", ROWS)
    entries = Entry.objects.count()
    job = boss.worked(f"imports/{found['id']}/check")
    unknown = {"level": [{"value": "特级", "count": 1, "suggestion": None}]}
    assert job["state"] == "done"
    assert (job["result"]["created"], job["result"]["refused"], job["result"]["unknown"]) == (2, 1, unknown)
    found = boss.get(f"imports/{found['id']}").json()
    assert (found["state"], found["unknown"]) == ("checked", unknown)
    assert boss.refused(found)[0]["登记名称"] == "乙"
    assert boss.rows("customers", "name") == []
    assert Entry.objects.count() == entries


@pytest.mark.covers("K-07")
def test_after_a_dry_run_the_import_runs_to_the_same_end(boss: Importer) -> None:
    found = boss.begun("customers", ROWS)
    told = boss.worked(f"imports/{found['id']}/check")["result"]
    done = boss.worked(f"imports/{found['id']}/run")["result"]
    assert {name: told[name] for name in COUNTED} == {name: done[name] for name in COUNTED}
    assert len(boss.rows("customers", "name")) == 2


COUNTED = ("created", "updated", "skipped", "refused")


@pytest.mark.django_db(transaction=True)
def test_a_cancelled_import_has_written_nothing_and_may_be_started_again(boss: Importer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "CHUNK", 10)
    found = boss.begun("customers", [["登记名称"], *([f"客户{n}"] for n in range(50))])
    job = boss.post(f"imports/{found['id']}/run").json()
    assert boss.get(f"imports/{found['id']}").json()["state"] == "running"
    assert boss.post(f"imports/{found['id']}/run").status_code == 409
    seen: list[int] = []
    monkeypatch.setattr(engine.Importing, "take", cancelling(engine.Importing.take, job["id"], seen))
    run_now(job["id"])
    assert (boss.get(f"jobs/{job['id']}").json()["state"], len(seen)) == ("cancelled", 3)
    assert boss.get(f"jobs/{job['id']}").json()["done"] == 30
    assert boss.get(f"imports/{found['id']}").json()["state"] == "draft"
    assert boss.rows("customers", "name") == []
    monkeypatch.undo()
    assert boss.worked(f"imports/{found['id']}/run")["result"]["created"] == 50


def cancelling(take: Any, job: int, seen: list[int]) -> Any:
    """Somebody else asks to stop while the third chunk is under way."""

    def taking(self: Any, chunk: Any) -> None:
        take(self, chunk)
        seen.append(len(chunk))
        if len(seen) == 3:
            from psycopg import connect

            from zhike.features.jobs.run import _connection_settings

            with connect(**_connection_settings(), autocommit=True) as elsewhere:
                elsewhere.execute("UPDATE jobs_job SET cancel_asked = true WHERE id = %s", [job])

    return taking
