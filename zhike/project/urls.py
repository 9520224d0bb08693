"""Addresses: the interface for programs below /api, everything else is the web client."""

from django.urls import include, path, re_path

from zhike.api.inbound import asset, page
from zhike.project.pages import healthz, metrics, readyz, web_client

handler404 = "zhike.project.pages.not_found"
handler500 = "zhike.project.pages.failed"
urlpatterns = [
    path("healthz", healthz),
    path("readyz", readyz),
    path("metrics", metrics),
    path("api/v1/", include("zhike.api.urls")),
    path("forms/assets/<str:name>", asset),
    path("forms/<str:key>", page),
    re_path(r"^(?!api/|assets/).*$", web_client),
]
