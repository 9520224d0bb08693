"""The few answers that belong to no object: the web client's page and the sign of life."""

import sys

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from zhike.kernel.tracing import current
from zhike.org.networks import networks
from zhike.project.operation.health import readiness
from zhike.project.operation.metrics import exposition
from zhike.project.operation.networks import carries, within

UNKNOWN_ADDRESS = {"code": "not_found", "message": "没有这个地址", "fields": {}}
FAILED = {"code": "failed", "message": "服务器出错了，错误已记入日志", "fields": {}}
AWAY = {"code": "unavailable", "message": "暂时用不了数据库，请稍后再试", "fields": {}}
FORGED = {"code": "csrf", "message": "页面已过期，请刷新后重试", "fields": {}}
NOT_BUILT = "网页客户端还没有构建：请在源码目录运行 make demo（或 make dev）。"


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """存活检查: this process answers. For whoever restarts processes; a database that is away is no reason to."""
    return JsonResponse({"status": "ok"})


@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """就绪检查: for the reverse proxy; fails while the database, its tables or the queue cannot be used."""
    ready, checks = readiness()
    return JsonResponse({"status": "ok" if ready else "unavailable", "checks": checks}, status=200 if ready else 503)


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """指标: for Prometheus, from the networks and with the token of the settings; to all others the address does not exist."""
    if not (within(request, networks(settings.METRICS_NETWORKS)) or carries(request, settings.METRICS_TOKEN)):
        return JsonResponse(UNKNOWN_ADDRESS, status=404)
    return HttpResponse(exposition(), content_type=CONTENT_TYPE_LATEST)


@require_safe
def web_client(request: HttpRequest) -> HttpResponse:
    """The page of the web client, for every address it routes itself; asked for anew, since it names the hashed files."""
    page = settings.WEB / "index.html"
    if not page.is_file():
        return HttpResponse(NOT_BUILT, status=503, content_type="text/plain; charset=utf-8")
    return HttpResponse(page.read_bytes(), headers={"Cache-Control": "no-cache"})


def not_found(request: HttpRequest, exception: Exception) -> JsonResponse:
    return JsonResponse(UNKNOWN_ADDRESS, status=404)


def failed(request: HttpRequest) -> JsonResponse:
    """What no view expected. A database that restarts is no fault of the request: the same one may be sent again."""
    told, status = (AWAY, 503) if isinstance(sys.exc_info()[1], OperationalError | InterfaceError) else (FAILED, 500)
    again = {"Retry-After": "5"} if status == 503 else {}
    return JsonResponse(told | {"request_id": current().request}, status=status, headers=again)


def forged(request: HttpRequest, reason: str = "") -> JsonResponse:
    """跨站请求: a change asked for without the token our own pages carry."""
    return JsonResponse(FORGED, status=403)
