"""What the server answers apart from business: the page, the files, the sign of life, the headers."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

PAGE = "<!doctype html><title>知客</title>"


@pytest.fixture
def built(tmp_path: Path, settings: Settings) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text(PAGE)
    (tmp_path / "assets" / "app-3f9c.js").write_text("export {}")
    settings.WEB = settings.WHITENOISE_ROOT = tmp_path
    return tmp_path


@pytest.mark.parametrize("address", ["/", "/customers", "/customers/12", "/reports/2017/3"])
def test_every_address_of_the_web_client_is_its_page(built: Path, client: Client, address: str) -> None:
    page = client.get(address)
    assert (page.status_code, page.content.decode()) == (200, PAGE)
    assert page.headers["Cache-Control"] == "no-cache"


def test_hashed_files_are_kept_for_good(built: Path, client: Client) -> None:
    file = client.get("/assets/app-3f9c.js")
    assert file.status_code == 200
    assert file.headers["Cache-Control"] == "max-age=315360000, public, immutable"
    assert file.headers["X-Content-Type-Options"] == "nosniff"


def test_a_missing_file_is_not_the_page(built: Path, client: Client) -> None:
    assert client.get("/assets/app-old.js").status_code == 404


def test_without_a_build_a_sentence_says_what_to_do(tmp_path: Path, settings: Settings, client: Client) -> None:
    settings.WEB = tmp_path
    page = client.get("/")
    assert page.status_code == 503
    assert page.content.decode() == "网页客户端还没有构建：请在源码目录运行 make demo（或 make dev）。"


def test_the_page_may_run_only_our_own_scripts(built: Path, client: Client) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "script-src" not in policy
    assert "frame-ancestors 'none'" in policy


def test_the_page_may_record_a_voice_but_not_watch_or_locate(built: Path, client: Client) -> None:
    assert client.get("/").headers["Permissions-Policy"] == "camera=(), microphone=(self), geolocation=()"


def test_the_service_worker_is_a_script_at_the_root_and_never_kept_for_long(built: Path, settings: Settings) -> None:
    (built / "worker.js").write_text("self.shell=[]")
    (built / "manifest.webmanifest").write_text("{}")
    client = Client()
    worker, manifest = client.get("/worker.js"), client.get("/manifest.webmanifest")
    assert worker.headers["Content-Type"].startswith("text/javascript")
    assert worker.headers["Cache-Control"] == "max-age=60, public"
    assert manifest.headers["Content-Type"] == "application/manifest+json"


def test_an_unknown_address_of_the_interface_is_told_as_json(client: Client) -> None:
    answer = client.get("/api/v0/customers")
    assert (answer.status_code, answer.json()) == (404, {"code": "not_found", "message": "没有这个地址", "fields": {}})
