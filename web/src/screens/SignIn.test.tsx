import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { Session } from "../app/session";
import { draw } from "../testing/render";
import { meta } from "../testing/planets";
import { Refusal, serve } from "../testing/server";

const nobody = new Refusal(401, { code: "unauthenticated", message: "请先登录", fields: {} });
const inside = <Session><p>里面</p></Session>;

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
    "GET /session": nobody, "GET /meta": meta,
    "POST /session": () => (tries++ ? meta.me : new Refusal(401, { code: "unauthenticated", message: "用户名或密码不对", fields: {} })),
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
  serve({ "GET /session": nobody, "POST /session": new Refusal(429, { code: "locked_out", message: "尝试次数过多，请 15 分钟后再试", fields: {} }) });
  draw(inside);
  await signIn("again");
  expect((await screen.findByRole("alert")).textContent).toBe("尝试次数过多，请 15 分钟后再试");
});

test("a first password must be changed before anything else", async () => {
  let changed = false;
  serve({
    "GET /session": () => ({ ...meta.me, must_change_password: !changed }), "GET /meta": meta,
    "POST /session/password": () => { changed = true; return meta.me; },
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
