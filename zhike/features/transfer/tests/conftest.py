"""A company whose people import and export over the interface, with jobs run as a worker would."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from zhike.features.jobs.run import run_now
from zhike.kernel.reach import Reach
from zhike.testing.kit import Api, make_department, make_user

Rows = Sequence[Sequence[str]]


class Importer(Api):
    """Somebody who imports and exports."""

    def upload(self, collection: str, content: bytes | Rows, name: str = "file.csv", **more: str) -> Any:
        """Begin an import; rows are sent as CSV."""
        sent = SimpleUploadedFile(name, content if isinstance(content, bytes) else as_csv(content))
        return self.client.post("/api/v1/imports", {"file": sent, "collection": collection, **more})

    def begun(self, collection: str, content: bytes | Rows, name: str = "file.csv", **changes: Any) -> Any:
        """An import that was begun, with parts of its mapping changed."""
        answer = self.upload(collection, content, name)
        assert answer.status_code == 201, answer.content.decode()
        found = answer.json()
        if changes:
            duplicate = {"on_duplicate": changes.pop("on_duplicate")} if "on_duplicate" in changes else {}
            answer = self.patch(f"imports/{found['id']}", {"mapping": {**found["mapping"], **changes}, **duplicate})
            assert answer.status_code == 200, answer.content.decode()
            found = answer.json()
        return found

    def worked(self, path: str, data: Any = None) -> Any:
        """A job that was asked for and carried out."""
        answer = self.post(path, data)
        assert answer.status_code == 202, answer.content.decode()
        run_now(answer.json()["id"])
        return self.get(f"jobs/{answer.json()['id']}").json()

    def imported(self, collection: str, content: bytes | Rows, name: str = "file.csv", **changes: Any) -> Any:
        """An import from upload to result."""
        found = self.begun(collection, content, name, **changes)
        job = self.worked(f"imports/{found['id']}/run")
        assert job["state"] == "done", job["error"]
        return self.get(f"imports/{found['id']}").json()

    def rows(self, collection: str, *fields: str, **query: Any) -> list[dict[str, Any]]:
        """What a collection holds, as far as this person sees it."""
        answer = self.get(collection, fields=",".join(fields), order=fields[0], **query)
        assert answer.status_code == 200, answer.content.decode()
        return [{name: row[name] for name in fields} for row in answer.json()["rows"]]

    def refused(self, found: Any) -> list[dict[str, str]]:
        """The rows of the file of refused rows."""
        return read_csv(self.fetched(found["result"]["refused_file"]["id"]))

    def fetched(self, file: int) -> bytes:
        return b"".join(self.client.get(f"/api/v1/files/{file}").streaming_content)

    def exported(self, collection: str, **wanted: Any) -> bytes:
        job = self.worked(f"{collection}/export", wanted)
        assert job["state"] == "done", job["error"]
        return self.fetched(job["files"][0]["id"])


def as_csv(rows: Rows) -> bytes:
    text = StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def read_csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))


def workbook(rows: Rows) -> bytes:
    from xlsxwriter import Workbook

    content = BytesIO()
    book = Workbook(content)
    sheet = book.add_worksheet("客户")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return content.getvalue()


@pytest.fixture
def boss(db: Any, settings: Any, tmp_path: Any) -> Importer:
    """Somebody who may do everything."""
    settings.FILES_FOLDER = tmp_path / "files"
    return Importer(make_user("boss", Reach.ALL, make_department("总部")))


@pytest.fixture
def seller(boss: Importer) -> Importer:
    """Somebody who may do everything with what is her own."""
    return Importer(make_user("seller", Reach.SELF, make_department("华东")))
