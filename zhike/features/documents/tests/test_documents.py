"""文件: from a template or from the declaration, as DOCX and PDF; watermarked and without a code until it may leave."""

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from zhike.apps.sales.objects.quote import Quote
from zhike.features.documents import filling
from zhike.features.documents.models import Issued
from zhike.kernel.reach import Reach
from zhike.testing.kit import Api, make_user
from zhike.testing.papers import words_on
from zhike.testing.team import Team, added


@pytest.fixture
def quote(team: Team) -> dict:
    product = added(team.manager, "products", name="数据中台", list_price="100000")["id"]
    customer = added(team.seller, "customers", name="上海恒泰机械制造有限公司")["id"]
    return added(team.seller, "quotes", customer=customer, items=[{"product": product, "price": "45010.05"}])


def paper(api: Api, quote: dict, **asked: Any) -> Any:
    answer = api.get(f"quotes/{quote['id']}/document", **asked)
    assert answer.status_code == 200, answer.content.decode()
    return answer


def words_of(answer: Any) -> str:
    document = Document(BytesIO(answer.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    heads = [p.text for section in document.sections for p in section.header.paragraphs]
    return "\n".join([*heads, *(p.text for p in document.paragraphs), *cells])


def uploaded(api: Api, text: str) -> int:
    document, written = Document(), BytesIO()
    document.add_paragraph(text)
    document.save(written)
    file = SimpleUploadedFile("报价模板.docx", written.getvalue())
    return int(api.client.post("/api/v1/files", {"file": file}).json()["id"])


def offered(api: Api, text: str) -> Any:
    return api.post("document-templates", {"name": "标准报价", "collection": "quotes", "file": [uploaded(api, text)]})


def template(api: Api, text: str) -> None:
    assert offered(api, text).status_code == 201


@pytest.mark.covers("V-44")
def test_before_approval_a_paper_is_watermarked_and_has_no_code(team: Team, quote: dict) -> None:
    said = words_of(paper(team.seller, quote, format="docx"))
    assert ("未批准 不得外发" in said, "验证码" in said, Issued.objects.count()) == (True, False, 0)
    assert "未批准 不得外发" in words_on(paper(team.seller, quote, format="pdf").content)
    assert team.stranger.get(f"quotes/{quote['id']}/document").status_code == 404


@pytest.mark.covers("V-44")
def test_after_approval_a_paper_is_clean_and_its_code_can_be_verified(team: Team, quote: dict) -> None:
    Quote.objects.update(state="approved")
    said = words_of(paper(team.seller, quote, format="docx"))
    for told in ("上海恒泰机械制造有限公司", "100,000.00", "4.501折", "45,010.05", "报价金额（大写）：肆万伍仟零壹拾元零伍分"):
        assert told in said
    assert "未批准" not in said
    assert "最低一行" not in said
    code = Issued.objects.get().code
    assert code in said
    answer = Api().get(f"documents/{code.lower()[:6]}-{code[6:]}")
    assert (answer.status_code, quote["name"] in answer.content.decode()) == (200, True)
    assert Api().get("documents/AAAAAAAAAAAA").status_code == 404
    printed = paper(team.seller, quote, format="pdf")
    said = words_on(printed.content)
    assert (printed["Content-Type"], "未批准" in said, code in said, b"/Subtype /Image" in printed.content) == (
        "application/pdf", False, True, True,
    )  # fmt: skip
    assert Issued.objects.count() == 1


def test_a_template_of_the_administrator_is_filled(team: Team, quote: dict) -> None:
    text = "致 {{ customer }}：{% for line in items %}{{ line.product }} {{ line.price }}；{% endfor %}共{{ amount_capitals }}"
    template(team.manager, text)
    said = words_of(paper(team.seller, quote, format="docx"))
    assert "致 上海恒泰机械制造有限公司：数据中台 45,010.05；共肆万伍仟零壹拾元零伍分" in said
    assert "未批准 不得外发" in said
    Quote.objects.update(state="approved")
    assert "未批准" not in words_of(paper(team.seller, quote, format="docx"))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{{ customer }} {{ secret }}", "模板里有不认识的字段：secret"),
        ("{% for x in %}", "模板写法有误"),
        (None, "应为不超过 5 MB 的 DOCX 文件"),
    ],
)
def test_a_template_that_could_not_be_filled_is_refused(team: Team, text: str | None, reason: str) -> None:
    file = uploaded(team.manager, text) if text else _archive(team.manager)
    answer = team.manager.post("document-templates", {"name": "坏模板", "collection": "quotes", "file": [file]})
    assert answer.status_code == 422
    assert reason in answer.json()["fields"]["file"]


def _archive(api: Api) -> int:
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as packed:
        packed.writestr("a.txt", "no document")
    return int(api.client.post("/api/v1/files", {"file": SimpleUploadedFile("x.docx", written.getvalue())}).json()["id"])


@pytest.mark.parametrize(
    "text",
    [
        "{{ customer.__class__.__mro__ }}", "{{ customer.format }}", "{{ qr.tpl.save(AT) }}", "{{ qr.tpl.docx.save(AT) }}",
        "{{ [qr]|map(attribute='tpl.docx')|first }}", "{{ 1/0 }}", "{{ customer * 10**9 }}", "{{ '%999999999d' % 1 }}",
        "{{ 2**(10**6) }}", "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", "{% include 'x' %}",
        "{{ customer|center(999999999) }}",
    ],
)  # fmt: skip
def test_a_template_reaches_nothing_but_what_it_is_told_and_comes_to_an_end(
    team: Team, quote: dict, tmp_path: Path, text: str
) -> None:
    """Be it refused when it is uploaded or when it is filled; the code of an approved paper is a picture that knows the paper."""
    Quote.objects.update(state="approved")
    at = tmp_path / "written.docx"
    made = offered(team.manager, text.replace("AT", f"'{at}'"))
    answer = made if made.status_code == 422 else team.seller.get(f"quotes/{quote['id']}/document", format="docx")
    said = words_of(answer) if answer.status_code == 200 else ""
    assert answer.status_code == 422 or not said.strip(), said[:200]
    assert not at.exists()


def test_a_loop_counts_and_numbers_are_reckoned(team: Team, quote: dict) -> None:
    offered(team.manager, "{% for line in items %}{{ loop.index * 2 }}:{{ line.product|upper }}{% endfor %}")
    assert "2:数据中台" in words_of(paper(team.seller, quote, format="docx"))
    ranged = offered(team.manager, "{% for n in range(10**9) %}x{% endfor %}")
    assert (ranged.status_code, ranged.json()["fields"]["file"]) == (422, "模板里有不认识的字段：range")


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"{{% for a{n} in customer %}}" for n in range(9)) + "{% endfor %}" * 9,
        "{% set a = customer %}" + "{% set a = a ~ a %}" * 40 + "{{ a }}",
        "{% macro a(n) %}{% if n %}{{ a(n - 1) }}{{ a(n - 1) }}{% endif %}{% endmacro %}{{ a(60) }}",
    ],
)
def test_a_template_without_end_is_stopped_and_said_so(team: Team, quote: dict, text: str, monkeypatch: Any) -> None:
    """Loops within loops, texts that double, a thing that does itself twice: none of them holds the server up."""
    monkeypatch.setattr(filling, "SECONDS", 1)
    template(team.manager, text)
    answer = team.seller.get(f"quotes/{quote['id']}/document", format="docx")
    assert (answer.status_code, list(answer.json()["fields"])) == (422, ["file"])
    assert ("填不完" in answer.json()["fields"]["file"]) or ("写法有误" in answer.json()["fields"]["file"])


def test_a_template_makes_a_pdf_too(team: Team, quote: dict) -> None:
    template(team.manager, "致 {{ customer }}")
    assert paper(team.seller, quote, format="pdf").content.startswith(b"%PDF")


def test_whoever_took_a_paper_is_among_those_who_exported(team: Team, quote: dict) -> None:
    auditor = Api(make_user("auditor", Reach.ALL))
    paper(team.manager, quote, format="docx")
    [row] = auditor.get(f"quotes/{quote['id']}/seen").json()["rows"]
    assert (row["how"], row["person"]["label"], row["what"]) == ("export", "manager", "文件")
