"""安全响应头: what every answer tells the browser to forbid."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

# The component library writes its styles into the page; scripts come from our own files alone.
POLICY = "; ".join(
    (
        "default-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "media-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(self), geolocation=()",
}

# Only where the administrator has said that people come by HTTPS: a browser keeps to it for a year.
ENCRYPTED = {"Strict-Transport-Security": "max-age=31536000"}


class SafeHeaders:
    """Adds the headers an answer does not carry yet."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._next(request)
        for name, value in (HEADERS | (ENCRYPTED if settings.SESSION_COOKIE_SECURE else {})).items():
            response.headers.setdefault(name, value)
        return response
