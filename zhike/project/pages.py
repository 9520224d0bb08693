"""The few answers that belong to no object: the web client's page and the sign of life."""

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

UNKNOWN_ADDRESS = {"code": "not_found", "message": "没有这个地址", "fields": {}}
FAILED = {"code": "failed", "message": "服务器出错了，错误已记入日志", "fields": {}}
FORGED = {"code": "csrf", "message": "页面已过期，请刷新后重试", "fields": {}}
NOT_BUILT = "网页客户端还没有构建：请在源码目录运行 make demo（或 make dev）。"


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """存活检查: for the reverse proxy; fails when the database does not answer."""
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    return JsonResponse({"status": "ok"})


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
    return JsonResponse(FAILED, status=500)


def forged(request: HttpRequest, reason: str = "") -> JsonResponse:
    """跨站请求: a change asked for without the token our own pages carry."""
    return JsonResponse(FORGED, status=403)
