"""运行: what an operator sees of a running installation, and what stops her from harming it."""

import hashlib
import json
import logging
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from urllib.request import Request, urlopen

import psycopg
import pytest
from django.test import Client
from pytest_django import Settings

from zhike.project.embedded import Embedded
from zhike.project.operation.log import JsonLine, PlainLine
from zhike.project.tests.programs import Server, environment, until, zhike


@pytest.mark.django_db
def test_a_request_keeps_the_number_it_came_with_and_hands_it_to_its_job(client: Client) -> None:
    from zhike.apps.customers.objects.customer import Customer
    from zhike.features.jobs.models import Job
    from zhike.kernel.reach import Reach
    from zhike.testing.kit import Api, make, make_user

    person = make_user("operator", Reach.ALL)
    make(Customer, actor=person)
    answer = Api(person).post("customers/export", {"format": "csv"}, **{"X-Request-ID": "proxy-7f3a"})
    assert (answer.status_code, answer.headers["X-Request-ID"]) == (202, "proxy-7f3a")
    assert Job.objects.get(pk=answer.json()["id"]).request == "proxy-7f3a"
    forged = client.get("/healthz", headers={"X-Request-ID": "a b\r\n{}"})
    assert forged.headers["X-Request-ID"] != "a b\r\n{}"
    assert len(forged.headers["X-Request-ID"]) == 32


def test_the_sign_of_life_needs_no_database(client: Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}


@pytest.mark.django_db
def test_a_server_is_ready_only_with_the_tables_of_its_own_version(client: Client) -> None:
    from django.db import connection

    ready = client.get("/readyz")
    assert ready.status_code == 200
    assert ready.json()["checks"] == {"database": "ok", "migrations": "ok", "queue": "ok", "workers": 0}
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('kernel', '9999_future', now())")
    newer = client.get("/readyz")
    assert (newer.status_code, newer.json()["checks"]["migrations"]) == (503, "database newer than the program")


@pytest.mark.django_db
def test_metrics_are_for_allowed_networks_and_for_whoever_has_the_token(client: Client, settings: Settings) -> None:
    client.get("/healthz")
    shown = client.get("/metrics").content.decode()
    assert 'zhike_requests_total{method="GET",route="healthz",status="200"}' in shown
    assert "zhike_database_up 1.0" in shown
    assert "zhike_jobs_waiting 0.0" in shown
    outside = {"headers": {"X-Forwarded-For": "203.0.113.9"}}
    assert client.get("/metrics", **outside).status_code == 404  # through a proxy beside us
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.9", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 404
    settings.METRICS_TOKEN = "scrape-me"
    scraper = {"X-Forwarded-For": "203.0.113.9", "Authorization": "Bearer scrape-me"}
    assert client.get("/metrics", headers=scraper).status_code == 200


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A data folder with a database that is up to date, and the address of that database while it runs."""
    home = tmp_path_factory.mktemp("installation")
    with Embedded(home / "postgres", durable=False).running() as url:
        assert zhike(home, "migrate").returncode == 0
        zhike(home, "user", "add", "韩梅梅", "--role", "管理员")
        yield home, url


def test_a_stopping_server_finishes_its_requests_and_logs_them_as_json(installation: tuple[Path, str]) -> None:
    home, url = installation
    token = zhike(home, "token", "韩梅梅").stdout.strip()
    server = Server(home, ZHIKE_LOG_ACCESS="1", ZHIKE_SLOW_QUERY_MS="300")
    made = json.loads(server.ask("/api/v1/customers", token, {"name": "停机测试有限公司"}, "POST")[2])
    address = f"/api/v1/customers/{made['id']}"
    answers: list[int] = []
    with psycopg.connect(url) as holding:
        holding.execute("SELECT 1 FROM customers_customer WHERE id = %s FOR UPDATE", [made["id"]])
        waiting = threading.Thread(
            target=lambda: answers.append(server.ask(address, token, {"name": "停机之后有限公司"}, "PATCH")[0])
        )
        waiting.start()
        until(url, "SELECT count(*) = 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
        server.process.send_signal(signal.SIGTERM)
        time.sleep(0.5)  # long enough for a server that does not wait to cut the request off, and for the query to be slow
        holding.rollback()
    waiting.join(30)
    server.process.wait(30)
    assert answers == [200]
    by_logger = {line["logger"]: line for line in server.lines()}
    written, slow = by_logger["zhike.request"], by_logger["zhike.slow"]
    assert (written["method"], written["path"], written["status"]) == ("PATCH", address, 200)
    assert slow["request_id"] == written["request_id"]
    assert "FOR UPDATE" in slow["statement"]
    assert "停机之后" not in server.log.read_text()  # what customers are called is nobody's business in a log
    assert not list(home.glob("metrics-*"))


def test_a_stopping_worker_hands_its_job_to_the_next(installation: tuple[Path, str], tmp_path: Path) -> None:
    home, url = installation
    token = zhike(home, "token", "韩梅梅").stdout.strip()
    server = Server(home)
    file = tmp_path / "客户.csv"
    file.write_text("登记名称\n" + "".join(f"交接第{n}号贸易行\n" for n in range(4001)))
    running = _worker(home)
    try:
        # The first rows are written and the job cannot go on: it waits for a row somebody else is adding.
        with psycopg.connect(url) as holding:
            holding.execute("LOCK TABLE customers_customer IN SHARE MODE")
            job = _import(server, token, file)
            until(url, f"SELECT state = 'running' FROM jobs_job WHERE id = {job}")
            until(url, "SELECT count(*) > 0 FROM pg_locks WHERE NOT granted AND relation = 'customers_customer'::regclass")
            running.send_signal(signal.SIGTERM)
            time.sleep(0.3)
            holding.rollback()
        assert running.wait(40) == 0
        with psycopg.connect(url) as asking:
            state = asking.execute("SELECT state, attempts FROM jobs_job WHERE id = %s", [job]).fetchone()
            half = asking.execute("SELECT count(*) FROM customers_customer WHERE name LIKE '交接%'").fetchone()
        assert (state, half) == (("waiting", 1), (0,))
        running = _worker(home)
        until(url, f"SELECT state = 'done' FROM jobs_job WHERE id = {job}")
        with psycopg.connect(url) as asking:
            whole = asking.execute("SELECT count(*) FROM customers_customer WHERE name LIKE '交接%'").fetchone()
        assert whole == (4001,)
    finally:
        running.terminate()
        server.process.terminate()
        running.wait(40), server.process.wait(40)


def _worker(home: Path) -> subprocess.Popen[str]:
    worker = subprocess.Popen([sys.executable, "-m", "zhike", "work"], env=environment(home), stdout=subprocess.PIPE, text=True)
    assert worker.stdout is not None
    assert "已启动" in worker.stdout.readline()
    return worker


def _import(server: Server, token: str, file: Path) -> int:
    boundary = "zhike"
    parts = "".join(
        f"--{boundary}\r\nContent-Disposition: form-data; {named}\r\n\r\n{content}\r\n"
        for named, content in (('name="collection"', "customers"), ('name="file"; filename="c.csv"', file.read_text()))
    )
    headers = {"Authorization": f"Bearer {token}", "Content-Type": f"multipart/form-data; boundary={boundary}"}
    with urlopen(Request(f"{server.address}/api/v1/imports", f"{parts}--{boundary}--\r\n".encode(), headers)) as answer:
        made = json.load(answer)
    return int(json.loads(server.ask(f"/api/v1/imports/{made['id']}/run", token, {}, "POST")[2])["id"])


def test_an_older_program_leaves_a_newer_database_alone(installation: tuple[Path, str]) -> None:
    home, url = installation
    with psycopg.connect(url, autocommit=True) as database:
        database.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('kernel', '9999_future', now())")
        refused, examined = zhike(home, "migrate"), zhike(home, "doctor")
        database.execute("DELETE FROM django_migrations WHERE name = '9999_future'")
    assert refused.returncode == 1
    assert refused.stderr.startswith("错误：数据库由更新版本的知客升级过（本程序不认识 kernel.9999_future），不能用旧程序打开")
    assert "[错误] 数据表：数据库由更新版本的知客升级过" in examined.stdout


def test_a_request_that_meets_no_database_may_be_sent_again(tmp_path: Path) -> None:
    """Nothing listens on port 1, as while a database restarts."""
    server = Server(tmp_path, DATABASE_URL="postgresql://zhike@127.0.0.1:1/zhike")
    try:
        status, headers, body = server.ask("/api/v1/ping", token="zk_x")
    finally:
        server.process.send_signal(signal.SIGTERM)
        server.process.wait(30)
    assert (status, headers["retry-after"], json.loads(body)["code"]) == (503, "5", "unavailable")


PRIVATE = {
    "password": "Geheim-4711-Parole", "token": "zk_Verraten4711", "name": "绝密石化有限公司", "phone": "13877776666",
    "file": "薪资名单", "row": "密钥在此", "calendar": "geheimer-kalender-4711",
}  # fmt: skip


def test_no_secret_and_nothing_personal_gets_into_any_log(installation: tuple[Path, str]) -> None:
    """Every query counts as slow and every request is written down."""
    home, url = installation
    token = zhike(home, "token", "韩梅梅").stdout.strip()
    server = Server(home, ZHIKE_LOG_ACCESS="1", ZHIKE_SLOW_QUERY_MS="0")
    asked = quote(json.dumps({"field": "phone", "op": "eq", "value": PRIVATE["phone"]}))
    try:
        server.ask("/api/v1/session", "", {"username": "韩梅梅", "password": PRIVATE["password"]}, "POST")
        assert server.ask("/api/v1/ping", PRIVATE["token"])[0] == 401
        about = {"name": PRIVATE["name"], "phone": PRIVATE["phone"], "notes": PRIVATE["row"]}
        assert server.ask("/api/v1/customers", token, about, "POST")[0] == 201
        assert server.ask("/api/v1/customers", token, about, "POST")[0] == 409
        assert server.ask(f"/api/v1/customers?filter={asked}", token)[0] == 200
        assert server.ask(f"/api/v1/search?q={quote(PRIVATE['name'])}", token)[0] == 200
        with psycopg.connect(url) as direct:
            filled = [hashlib.sha256(PRIVATE["calendar"].encode()).hexdigest(), "韩梅梅"]
            given = (
                "INSERT INTO feeds_feed (person_id, digest, created_at) SELECT id, %s, now() FROM org_person WHERE username = %s"
            )
            direct.execute(given, filled)
        assert server.ask(f"/api/v1/calendar/{PRIVATE['calendar']}.ics")[0] == 200
        with psycopg.connect(url) as direct, pytest.raises(psycopg.errors.DivisionByZero):
            direct.execute(f"SELECT '{PRIVATE['row']}', 1 / 0")
    finally:
        server.process.send_signal(signal.SIGTERM)
        server.process.wait(30)
    written = "\n".join(path.read_text() for path in [server.log, *(home / "postgres" / "log").glob("*.log")])
    assert "division by zero" in written and '"logger": "zhike.slow"' in written and '"logger": "zhike.request"' in written
    secrets = [*PRIVATE.values(), token]
    assert [secret for secret in secrets if secret in written] == []


@pytest.mark.django_db
@pytest.mark.parametrize("form", [JsonLine(), PlainLine()])
def test_what_the_database_refuses_is_logged_without_the_row_it_was(form: logging.Formatter) -> None:
    from django.db import IntegrityError, connection

    with connection.cursor() as cursor, pytest.raises(IntegrityError) as refused:
        cursor.execute("INSERT INTO org_role (id, name) VALUES (1, %s)", [PRIVATE["name"]])
    error = (refused.type, refused.value, refused.tb)
    record = logging.LogRecord("django.request", logging.ERROR, "", 0, "失败", (), error)
    assert PRIVATE["name"] in str(refused.value)
    assert PRIVATE["name"] not in form.format(record)
    assert "IntegrityError" in form.format(record)


STUCK_JOB = """
INSERT INTO jobs_job (kind, label, arguments, state, done, log, result, error, files, cancel_asked, attempts, created_at)
VALUES ('export', '导出', '{}', 'waiting', 0, '[]', '{}', '', '[]', false, 0, now() - interval '1 hour')
"""


def test_the_doctor_finds_what_went_wrong_while_in_use(installation: tuple[Path, str]) -> None:
    home, url = installation
    with psycopg.connect(url, autocommit=True) as database:
        database.execute(
            "INSERT INTO files_file (name, size, type, digest, created_at) VALUES ('合同.pdf', 3, 'x', repeat('a', 64), now())"
        )
        database.execute(STUCK_JOB)
        shown = zhike(home, "doctor", ZHIKE_METRICS_NETWORKS="0.0.0.0/0", ZHIKE_SMTP_HOST="mail.example.com").stdout
        database.execute("DELETE FROM files_file WHERE name = '合同.pdf'")
        database.execute("DELETE FROM jobs_job WHERE label = '导出' AND state = 'waiting'")
    assert f"个附件中有 1 个不在 {home / 'files'} 里" in shown
    assert "[注意] 任务队列：有 1 个任务等待了 10 分钟以上" in shown
    assert "[注意] 监控：ZHIKE_METRICS_NETWORKS 允许所有人读取 /metrics" in shown
    assert "[注意] 邮件：没有设置 ZHIKE_ADDRESS，邮件中不会有链接" in shown
