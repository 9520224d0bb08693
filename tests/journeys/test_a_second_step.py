"""两步验证: an authenticator and a passkey are set up, asked for and used, in a browser as people have it."""

from __future__ import annotations

from time import time

from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Company, new_page
from tests.journeys.steps import NEW_PASSWORD, PATIENCE, sign_in
from zhike.org.one_time import SECONDS, code

FINGER = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True,
    "automaticPresenceSimulation": True,
}  # fmt: skip


def test_an_authenticator_and_a_passkey_are_set_up_and_let_her_in(browser: Browser, company: Company) -> None:
    named = Company(company.address.replace("127.0.0.1", "localhost"), company.settings)  # a passkey belongs to a name
    with new_page(browser, named) as page:
        keys = page.context.new_cdp_session(page)
        keys.send("WebAuthn.enable")
        keys.send("WebAuthn.addVirtualAuthenticator", {"options": FINGER})
        sign_in(page, "weiwei", company.add_person("weiwei", "销售", "总部"))
        page.goto("/account/security")
        secret, recovery = set_up_authenticator(page)
        add_passkey(page, "我的手机")
        prove(page, "恢复码", recovery[0])
        prove(page, "验证器显示的 6 位数字", code(secret, int(time() // SECONDS) + 1))
        leave(page)
        page.get_by_role("button", name="用通行密钥登录").click()
        arrived(page)
        page.goto("/account/security")
        expect(page.get_by_role("region", name="两步验证")).to_contain_text("还有 9 个")
        expect(page.get_by_role("region", name="登录方式记录")).to_contain_text("我的手机")


def set_up_authenticator(page: Page) -> tuple[str, list[str]]:
    """The secret as it is typed into an app, and the recovery codes she is shown once."""
    page.get_by_role("button", name="设置验证器").click()
    asked = page.get_by_role("dialog", name="设置验证器")
    secret = asked.locator("code").inner_text().replace(" ", "")
    first = asked.get_by_label("输入应用现在显示的 6 位数字")
    expect(first).to_be_focused()
    first.fill("000000")
    asked.get_by_role("button", name="启用").click()
    expect(asked.get_by_role("alert")).to_be_visible()
    first.fill(code(secret, int(time() // SECONDS)))
    first.press("Enter")
    told = page.get_by_role("dialog", name="恢复码")
    recovery = told.locator("pre").inner_text().split()
    told.get_by_role("button", name="我已保存").click()
    expect(told).to_have_count(0)
    return secret, recovery


def add_passkey(page: Page, name: str) -> None:
    page.get_by_role("button", name="添加通行密钥").click()
    asked = page.get_by_role("dialog", name="添加通行密钥")
    asked.get_by_label("名称").fill(name)
    asked.get_by_role("button", name="继续").click()
    expect(asked).to_have_count(0, timeout=PATIENCE)
    expect(page.get_by_role("button", name=f"删除 {name}")).to_be_visible()


def prove(page: Page, way: str, answer: str) -> None:
    """Sign in with the password, and then in this way; the password alone opens nothing."""
    leave(page)
    page.get_by_label("用户名").fill("weiwei")
    page.get_by_label("密码", exact=True).fill(NEW_PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    field = page.locator("#second")
    expect(field).to_be_visible(timeout=PATIENCE)
    assert page.request.get("/api/v1/session").status == 401
    if page.get_by_label(way).count() == 0:
        page.get_by_role("button", name="用恢复码" if way == "恢复码" else "用验证器").click()
    page.get_by_label(way).fill(answer)
    page.get_by_role("button", name="继续").click()
    arrived(page)


def leave(page: Page) -> None:
    page.get_by_role("button", name="账号").click()
    page.get_by_text("退出登录").click()
    expect(page.get_by_label("用户名")).to_be_visible(timeout=PATIENCE)


def arrived(page: Page) -> None:
    expect(page.get_by_role("link", name="工作台").first).to_be_visible(timeout=PATIENCE)
