"""保留期限: what only tells of its time goes after so many days; what is still open stays, however old."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from zhike.features.alerts.objects.alert import Alert
from zhike.features.audit.models import Entry
from zhike.features.automation.objects.automation_run import AutomationRun
from zhike.features.channels.objects.delivery import Delivery
from zhike.features.notify.models import Notification
from zhike.features.retention.declared import declared
from zhike.features.retention.forgetting import forget, forget_old
from zhike.kernel.reach import Reach
from zhike.testing.kit import Api, make, make_department, make_user
from zhike.testing.team import added

pytestmark = pytest.mark.django_db
DAYS = {
    "channels_delivery": 180, "automation_automationrun": 180, "automation_touch": 1, "alerts_alert": 730,
    "notify_notification": 180, "clocks_clock": 365, "jobs_job": 90,
    "undo_changeset": 30, "api_answered": 2,
}  # fmt: skip


@pytest.fixture
def office() -> Api:
    return Api(make_user("office", Reach.ALL, make_department("总部")))


def aged(record: Any, days: int, moment: str = "updated_at", **values: Any) -> int:
    """As if it had been touched so many days ago for the last time."""
    model = type(record)
    model._base_manager.filter(pk=record.pk).update(**{moment: timezone.now() - timedelta(days)}, **values)
    return int(record.pk)


def left(model: Any) -> set[int]:
    return set(model._base_manager.values_list("pk", flat=True))


def test_every_table_that_only_tells_of_its_time_has_a_limit() -> None:
    assert {one.model._meta.db_table: one.days() for one in declared()} == DAYS
    assert forget_old() == dict.fromkeys(DAYS, 0)


def test_messages_go_after_the_days_laid_down_and_those_that_wait_stay(office: Api) -> None:
    settled = [("sent", 179), ("sent", 181), ("dead", 181), ("waiting", 181)]
    made = [aged(make(Delivery, actor=office.person), days, state=state) for state, days in settled]
    assert forget_old()["channels_delivery"] == 2
    assert left(Delivery) == {made[0], made[3]}
    told = Entry.objects.filter(collection="deliveries", verb="delete").order_by("record")
    assert list(told.values_list("record", "actor", "through")) == [(pk, None, "retention") for pk in made[1:3]]
    added(office, "parameters", key="keep_deliveries", value="30", effective_on=timezone.localdate())
    assert (forget_old()["channels_delivery"], left(Delivery)) == (1, {made[3]})


def test_an_alert_goes_when_it_is_settled_and_over(office: Api) -> None:
    cases = [("handled", False, 729), ("handled", False, 731), ("handled", True, 731), ("raised", False, 731)]
    made = [aged(make(Alert, actor=office.person), days, state=state, standing=stands) for state, stands, days in cases]
    assert forget_old()["alerts_alert"] == 1
    assert left(Alert) == {made[0], made[2], made[3]}


def test_runs_and_notices_go_read_or_not(office: Api) -> None:
    runs = [aged(make(AutomationRun, actor=office.person), days) for days in (179, 181)]
    notices = [Notification.objects.create(person=office.person, text="请跟进") for _ in range(2)]
    kept, old = (aged(notice, days, "at") for notice, days in zip(notices, (179, 181), strict=True))
    gone = forget_old()
    assert (gone["automation_automationrun"], gone["notify_notification"]) == (1, 1)
    assert (left(AutomationRun), left(Notification)) == ({runs[0]}, {kept})
    told = Entry.objects.get(verb="forget")  # what has no history of its own is told of by table, number and age
    assert (told.collection, told.actor_id, told.through) == ("notify_notification", None, "retention")
    assert (told.old["count"], told.old["first"], told.old["last"]) == (1, old, old)
    assert told.old["before"][:10] == (timezone.now() - timedelta(180)).date().isoformat()


def test_many_cost_no_more_statements_than_few(office: Api) -> None:
    [deliveries] = [one for one in declared() if one.model is Delivery]
    asked = []
    for count in (2, 20):
        for _ in range(count):
            aged(make(Delivery, actor=office.person), 181, state="sent")
        with CaptureQueriesContext(connection) as queries:
            assert forget(deliveries) == count
        asked.append(len(queries))
    assert asked[0] == asked[1]
