import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { Session } from "../app/session";
import { draw } from "../testing/render";
import { meta } from "../testing/planets";
import { Refusal, serve } from "../testing/server";

const nobody = new Refusal(401, { code: "unauthenticated", message: "请先登录", fields: {} });
const inside = (
  <Session>
    <p>里面</p>
  </Session>
);

async function signIn(password: string) {
  await userEvent.type(await screen.findByLabelText("用户名"), "kepler");
  await userEvent.type(screen.getByLabelText("密码"), password);
  await userEvent.click(screen.getByRole("button", { name: /登录$/ }));
}

test("whoever is signed in goes straight in", async () => {
  serve({ "GET /session": meta.me, "GET /meta": meta });
  draw(inside);
  expect(await screen.findByText("里面")).toBeTruthy();
});

test("a wrong password is said, and the right one opens", async () => {
  let tries = 0;
  serve({
    "GET /session": nobody,
    "GET /meta": meta,
    "POST /session": () =>
      tries++ ? meta.me : new Refusal(401, { code: "unauthenticated", message: "用户名或密码不对", fields: {} }),
  });
  draw(inside);
  await signIn("wrong");
  expect((await screen.findByRole("alert")).textContent).toBe("用户名或密码不对");
  await userEvent.click(screen.getByRole("button", { name: /登录$/ }));
  expect(await screen.findByText("里面")).toBeTruthy();
});

test("Enter is enough, and the password can be looked at", async () => {
  serve({ "GET /session": nobody, "GET /meta": meta, "POST /session": meta.me });
  draw(inside);
  await userEvent.type(await screen.findByLabelText("用户名"), "kepler");
  await userEvent.type(screen.getByLabelText("密码"), "right");
  await userEvent.click(screen.getByRole("button", { name: "显示密码" }));
  expect(screen.getByLabelText<HTMLInputElement>("密码").type).toBe("text");
  await userEvent.type(screen.getByLabelText("密码"), "{Enter}");
  expect(await screen.findByText("里面")).toBeTruthy();
});

test("a locked account says for how long", async () => {
  serve({
    "GET /session": nobody,
    "POST /session": new Refusal(429, { code: "locked_out", message: "尝试次数过多，请 15 分钟后再试", fields: {} }),
  });
  draw(inside);
  await signIn("again");
  expect((await screen.findByRole("alert")).textContent).toBe("尝试次数过多，请 15 分钟后再试");
});

test("a first password must be changed before anything else", async () => {
  let changed = false;
  serve({
    "GET /session": () => ({ ...meta.me, must_change_password: !changed }),
    "GET /meta": meta,
    "POST /session/password": () => {
      changed = true;
      return meta.me;
    },
  });
  draw(inside);
  await userEvent.type(await screen.findByLabelText("现在的密码"), "first");
  await userEvent.type(screen.getByLabelText("新密码"), "My-own-one-1");
  await userEvent.type(screen.getByLabelText("再输一次新密码"), "another");
  await userEvent.click(screen.getByRole("button", { name: "保存新密码" }));
  expect(screen.getByText("两次输入的新密码不一样")).toBeTruthy();
  await userEvent.clear(screen.getByLabelText("再输一次新密码"));
  await userEvent.type(screen.getByLabelText("再输一次新密码"), "My-own-one-1");
  await userEvent.click(screen.getByRole("button", { name: "保存新密码" }));
  expect(await screen.findByText("里面")).toBeTruthy();
});

test("after the password the code of the app is asked for, and a recovery code will do", async () => {
  const step = new Refusal(401, {
    code: "second_step",
    message: "密码正确，请再完成第二步验证",
    fields: {},
    methods: ["code", "recovery"],
  });
  const wrong = new Refusal(401, { code: "unauthenticated", message: "验证码不正确或已经用过", fields: {} });
  const calls = serve({
    "GET /session": nobody,
    "GET /session/ways": { single_sign_on: null, problem: "" },
    "GET /meta": meta,
    "POST /session": step,
    "POST /session/second": ({ body }) => ("recovery" in (body as object) ? meta.me : wrong),
  });
  draw(inside);
  await signIn("right");
  await userEvent.type(await screen.findByLabelText("验证器显示的 6 位数字"), "123456{Enter}");
  expect((await screen.findByRole("alert")).textContent).toBe("验证码不正确或已经用过");
  await userEvent.click(screen.getByRole("button", { name: "用恢复码" }));
  await userEvent.type(screen.getByLabelText("恢复码"), "abcd-efgh-ijkl-mnop{Enter}");
  expect(await screen.findByText("里面")).toBeTruthy();
  expect(calls.filter(({ path }) => path === "/session/second").map(({ body }) => body)).toEqual([
    { code: "123456" },
    { recovery: "abcd-efgh-ijkl-mnop" },
  ]);
});

test("single sign-on is offered by its name, and says why it failed", async () => {
  serve({ "GET /session": nobody, "GET /session/ways": { single_sign_on: "天文台统一登录", problem: "您的统一身份还没有关联" } });
  draw(inside);
  const link = await screen.findByRole("link", { name: "天文台统一登录" });
  expect(link.getAttribute("href")).toBe("/api/v1/session/single-sign-on?next=%2F");
  expect((await screen.findByRole("alert")).textContent).toBe("您的统一身份还没有关联");
});

test("whose role requires a second step sets one up, keeps the recovery codes, and goes in", async () => {
  let app = false;
  serve({
    "GET /session": () => ({ ...meta.me, must_prove_twice: !app }),
    "GET /meta": meta,
    "GET /session/two-step": () => ({
      required: true,
      app: app ? { since: "2026-03-01T09:00:00+08:00" } : null,
      recovery_left: app ? 10 : 0,
      passkeys: [],
    }),
    "POST /session/app": { secret: "ABCDEFGH", image: "data:image/svg+xml," },
    "POST /session/app/confirm": () => {
      app = true;
      return { recovery_codes: ["one-code", "two-code"] };
    },
  });
  draw(inside);
  await userEvent.click(await screen.findByRole("button", { name: "设置验证器" }));
  expect(await screen.findByText("ABCD EFGH")).toBeTruthy();
  await userEvent.type(screen.getByLabelText("输入应用现在显示的 6 位数字"), "123 456");
  await userEvent.click(screen.getByRole("button", { name: /启\s?用/ }));
  expect((await screen.findByText(/one-code/)).textContent).toBe("one-code\ntwo-code");
  await userEvent.click(screen.getByRole("button", { name: "我已保存" }));
  expect(await screen.findByText("里面")).toBeTruthy();
});
