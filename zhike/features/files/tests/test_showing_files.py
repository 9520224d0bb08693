"""附件预览: pictures and PDF are shown in place, whatever could carry a script is only ever saved."""

from __future__ import annotations

from pathlib import Path
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


SCRIPT = b"<svg onload=alert(1)>"
PNG, WEBP, PDF = b"\x89PNG\r\n\x1a\n" + SCRIPT, b"RIFF\0\0\0\0WEBP" + SCRIPT, b"%PDF-1.7\n" + SCRIPT


def sent(api: Api, name: str, kind: str, content: bytes) -> Any:
    return api.client.post("/api/v1/files", {"file": SimpleUploadedFile(name, content, kind)})


def fetched(api: Api, name: str, kind: str, content: bytes = SCRIPT) -> Any:
    return api.get(f"files/{sent(api, name, kind, content).json()['id']}")


@pytest.mark.parametrize(("name", "kind", "content"), [("现场.png", "image/png", PNG), ("现场.webp", "image/webp", WEBP)])
def test_a_picture_is_shown_and_can_do_nothing_else(seller: Api, name: str, kind: str, content: bytes) -> None:
    answer = fetched(seller, name, kind, content)
    assert (answer["Content-Type"], answer["Content-Disposition"].split(";")[0]) == (kind, "inline")
    assert (answer["Content-Security-Policy"], answer["X-Content-Type-Options"]) == ("sandbox; default-src 'none'", "nosniff")


def test_a_pdf_is_read_inside_our_own_pages_only(seller: Api) -> None:
    answer = fetched(seller, "合同.pdf", "application/pdf", PDF)
    assert (answer["Content-Type"], answer["X-Frame-Options"]) == ("application/pdf", "SAMEORIGIN")
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(("name", "kind"), [("a.html", "text/html"), ("a.svg", "image/svg+xml"), ("a.xml", "application/xml")])
def test_what_could_carry_a_script_is_saved_and_never_shown(seller: Api, name: str, kind: str) -> None:
    answer = fetched(seller, name, kind)
    assert (answer["Content-Type"], answer["Content-Disposition"].split(";")[0]) == ("application/octet-stream", "attachment")
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"


@pytest.mark.parametrize("kind", ["image/png", "image/jpeg", "application/pdf", "audio/webm"])
def test_what_only_claims_to_be_a_picture_or_pdf_is_saved_and_never_shown(seller: Api, kind: str) -> None:
    answer = fetched(seller, "现场.png", kind)
    assert (answer["Content-Type"], answer["Content-Disposition"].split(";")[0]) == ("application/octet-stream", "attachment")


def test_the_content_decides_whatever_the_name_says(seller: Api) -> None:
    assert sent(seller, "照片.jpg", "image/jpeg", PNG).json()["type"] == "image/png"
    assert sent(seller, "录音.webm", "audio/webm", b"\x1aE\xdf\xa3rest").json()["type"] == "audio/webm"
    assert sent(seller, "报价.docx", "application/vnd.ms-word", b"PK\x03\x04").json()["type"] == "application/vnd.ms-word"
    assert sent(seller, "空.txt", "text/plain", b"").json()["type"] == "text/plain"


@pytest.mark.parametrize("content", [b"MZ\x90\0", b"\x7fELF\2\1", b"#!/bin/sh\nid", b"\xca\xfe\xba\xbe\0\0"])
def test_a_program_is_refused_whatever_it_is_called(seller: Api, content: bytes) -> None:
    answer = sent(seller, "发票.pdf", "application/pdf", content)
    assert (answer.status_code, answer.json()["fields"]) == (422, {"file": "不能上传程序文件"})


def test_a_name_cannot_lead_out_of_its_place_or_into_a_header(seller: Api) -> None:
    answer = fetched(seller, "..\\..\\etc/passwd\r\nSet-Cookie: a=b\u202egpj.exe", "text/plain", b"x")
    assert answer["Content-Disposition"].startswith("attachment; filename")
    assert "\n" not in answer["Content-Disposition"] and "Set-Cookie" not in answer
    name = seller.get("files/0").status_code, sent(seller, "../../a/b.txt", "text/plain", b"x").json()["name"]
    assert name == (404, "b.txt")


def test_an_upload_above_the_limit_is_refused_and_leaves_nothing(seller: Api, settings: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("zhike.features.files.store.LARGEST", 5 * 1024 * 1024)
    answer = sent(seller, "大.bin", "", b"x" * (5 * 1024 * 1024 + 1))
    assert (answer.status_code, answer.json()["fields"]) == (422, {"file": "文件不能超过 5 MB"})
    assert list(Path(settings.FILES_FOLDER).iterdir()) == []
