"""Addresses under /api/v1/: fixed ones first, then the collections, which the registry knows."""

from django.http import HttpRequest, HttpResponse
from django.urls import path, re_path

from zhike.api import (
    access,
    administration,
    approvals,
    bulk,
    clocks,
    docs,
    feeds,
    leaving,
    meta,
    openapi,
    page,
    preferences,
    records,
    reference,
    reports,
    session,
    talk,
    transfer,
    work,
)  # fmt: skip
from zhike.api.door import door, not_found

fixed = [
    path("session", door(public=True, get=session.current, post=session.open_session, delete=session.close_session)),
    path("session/password", door(post=session.password)),
    path("ping", door(get=reference.ping)),
    path("meta", door(get=meta.meta)),
    path("preferences", door(get=preferences.shown, patch=preferences.change)),
    path("search", door(get=reference.search)),
    path("changes", door(get=reference.changes)),
    path("notifications", door(get=talk.notifications)),
    path("notifications/read", door(post=talk.read_notifications)),
    path("calendar-feed", door(get=feeds.standing, post=feeds.give, delete=feeds.take_back)),
    path("calendar/<str:secret>.ics", door(public=True, get=feeds.read)),
    path("divisions", door(get=reference.divisions)),
    path("jobs", door(get=work.jobs)),
    path("jobs/<int:pk>", door(get=work.job)),
    path("jobs/<int:pk>/cancel", door(post=work.cancel_job)),
    path("files", door(post=work.upload)),
    path("files/<int:pk>", door(get=work.download)),
    path("imports", door(get=transfer.index, post=transfer.begin)),
    path("imports/<int:pk>", door(get=transfer.shown, patch=transfer.change)),
    path("imports/<int:pk>/check", door(post=transfer.check)),
    path("imports/<int:pk>/run", door(post=transfer.run)),
    path("imports/<int:pk>/undo", door(post=transfer.undo)),
    path("import-mappings", door(get=transfer.mappings, post=transfer.add_mapping)),
    path("import-mappings/<int:pk>", door(delete=transfer.remove_mapping)),
    path("report-figures", door(post=reports.preview)),
    path("report-figures/export", door(post=reports.export)),
    path("reports/<int:pk>/result", door(post=reports.shown)),
    path("reports/<int:pk>/mail", door(post=reports.mail)),
    path("approvals", door(get=approvals.index)),
    path("approvals/batch", door(post=approvals.batch)),
    path("approvals/<int:pk>", door(get=approvals.read)),
    path("approvals/<int:pk>/<slug:deed>", door(post=approvals.decide)),
    path("approval-policies/simulate", door(post=approvals.simulation)),
    path("clocks", door(get=clocks.clocks)),
    path("working-days", door(get=clocks.working_days)),
    path("modules", door(get=administration.modules)),
    path("modules/<slug:name>", door(post=administration.switch_module)),
    path("option-sets", door(get=administration.option_sets)),
    path("option-sets/<str:key>/order", door(post=administration.order_options)),
    path("option-sets/<str:key>/retire", door(post=administration.retire_option)),
    path("option-sets/<str:key>/uses/<str:value>", door(get=administration.option_uses)),
    path("jobs/<int:pk>/put-back", door(post=administration.put_back_options)),
    path("people/<int:pk>/leaving", door(get=leaving.shown, post=leaving.begin)),
    path("roles/<int:pk>/grants", door(get=administration.role_matrix, patch=administration.change_matrix)),
    path("openapi.json", door(get=openapi.document)),
    path("docs", door(get=docs.page)),
]
collections = [
    path("<slug:collection>", door(get=records.index, post=records.create)),
    path("<slug:collection>/bulk", door(post=bulk.bulk)),
    path("<slug:collection>/export", door(post=transfer.export)),
    path("<slug:collection>/aggregate", door(get=records.aggregate)),
    path("<slug:collection>/options", door(get=records.options)),
    path("<slug:collection>/duplicates", door(post=records.likely_duplicates)),
    path("<slug:collection>/<int:pk>", door(get=records.read, patch=records.change, delete=records.remove)),
    path("<slug:collection>/<int:pk>/page", door(get=page.page)),
    path("<slug:collection>/<int:pk>/history", door(get=records.past)),
    path("<slug:collection>/<int:pk>/comments", door(get=talk.comments, post=talk.comment)),
    path("<slug:collection>/<int:pk>/follow", door(post=talk.follow, delete=talk.unfollow)),
    path("<slug:collection>/<int:pk>/reveal", door(post=access.show_masked)),
    path("<slug:collection>/<int:pk>/why", door(get=access.why)),
    path("<slug:collection>/<int:pk>/seen", door(get=access.seen)),
    path("<slug:collection>/<int:pk>/shares", door(get=access.shared_with, post=access.share)),
    path("<slug:collection>/<int:pk>/shares/<int:share_id>", door(delete=access.take_back)),
    path("<slug:collection>/<int:pk>/transfer", door(get=records.companions, post=records.transfer)),
    path("<slug:collection>/<int:pk>/<slug:action>", door(post=records.act)),
]


def missing(request: HttpRequest) -> HttpResponse:
    return not_found(request)


urlpatterns = [*fixed, *collections, re_path("^.*$", missing)]
