"""附件预览: pictures and PDF are shown in place, whatever could carry a script is only ever saved."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from zhike.kernel.reach import Reach
from zhike.testing.kit import Api, make_department, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def seller(settings: Any, tmp_path: Any) -> Api:
    settings.FILES_FOLDER = str(tmp_path)
    return Api(make_user("seller", Reach.SELF, make_department("销售部")))


def fetched(api: Api, name: str, kind: str) -> Any:
    sent = api.client.post("/api/v1/files", {"file": SimpleUploadedFile(name, b"<svg onload=alert(1)>", kind)})
    return api.get(f"files/{sent.json()['id']}")


@pytest.mark.parametrize(("name", "kind"), [("现场.png", "image/png"), ("现场.webp", "image/webp")])
def test_a_picture_is_shown_and_can_do_nothing_else(seller: Api, name: str, kind: str) -> None:
    answer = fetched(seller, name, kind)
    assert (answer["Content-Type"], answer["Content-Disposition"].split(";")[0]) == (kind, "inline")
    assert (answer["Content-Security-Policy"], answer["X-Content-Type-Options"]) == ("sandbox; default-src 'none'", "nosniff")


def test_a_pdf_is_read_inside_our_own_pages_only(seller: Api) -> None:
    answer = fetched(seller, "合同.pdf", "application/pdf")
    assert (answer["Content-Type"], answer["X-Frame-Options"]) == ("application/pdf", "SAMEORIGIN")
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(("name", "kind"), [("a.html", "text/html"), ("a.svg", "image/svg+xml"), ("a.xml", "application/xml")])
def test_what_could_carry_a_script_is_saved_and_never_shown(seller: Api, name: str, kind: str) -> None:
    answer = fetched(seller, name, kind)
    assert (answer["Content-Type"], answer["Content-Disposition"].split(";")[0]) == ("application/octet-stream", "attachment")
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
