import { expect, test, vi } from "vitest";
import { Refusal, serve } from "../testing/server";
import { records } from "./api";
import { address, askAhead, call, csrfToken, Failure, onSessionLost } from "./http";

test("addresses leave out what was not asked", () => {
  expect(address("/planets", { q: "水 星", after: undefined, order: "", limit: 50 })).toBe(
    "/api/v1/planets?q=%E6%B0%B4+%E6%98%9F&limit=50",
  );
});

test("the token is found among other cookies", () => {
  expect(csrfToken("a=1; csrftoken=abc123; b=2")).toBe("abc123");
  expect(csrfToken("xcsrftoken=no")).toBe("");
});

test("changes carry the token, questions do not", async () => {
  document.cookie = "csrftoken=abc";
  const calls = serve({ "GET /planets": { rows: [], next: null }, "POST /planets": { id: 1, version: 1 } });
  await records.list("planets", { fields: ["name"] });
  await records.create("planets", { name: "水星" }, "key-1");
  expect(calls[0]?.headers["X-CSRFToken"]).toBeUndefined();
  expect(calls[0]?.query.get("fields")).toBe("id,name");
  expect(calls[1]?.headers).toMatchObject({
    "X-CSRFToken": "abc",
    "Idempotency-Key": "key-1",
    "Content-Type": "application/json",
  });
});

test("a refusal is one exception with its reasons", async () => {
  serve({
    "POST /planets": new Refusal(422, {
      code: "invalid",
      message: "没有填对",
      fields: { name: "太长", moons: ["应为整数", "不能小于 0"] },
    }),
  });
  const failure = await call("POST", "/planets", { body: {} }).catch((cause: unknown) => cause);
  expect(failure).toBeInstanceOf(Failure);
  expect(failure).toMatchObject({
    status: 422,
    code: "invalid",
    message: "没有填对",
    reasons: { name: "太长", moons: "应为整数；不能小于 0" },
  });
});

test("no answer at all is said in words", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("failed to fetch")));
  await expect(call("GET", "/meta")).rejects.toMatchObject({ code: "offline", message: "连不上服务器，请检查网络后再试一次" });
});

test("a session that ended elsewhere leads to signing in", async () => {
  const lost = vi.fn();
  onSessionLost(lost);
  serve({ "GET /planets": new Refusal(401, { code: "unauthenticated", message: "请先登录", fields: {} }) });
  await records.list("planets", {}).catch(() => undefined);
  expect(lost).toHaveBeenCalledOnce();
});

test("what was asked ahead is the answer to whoever asks first, and to nobody after", async () => {
  const calls = serve({ "GET /meta": { menus: [] } });
  askAhead("/meta");
  expect(calls).toHaveLength(1);
  expect(await call("GET", "/meta")).toEqual({ menus: [] });
  expect(calls).toHaveLength(1);
  expect(await call("GET", "/meta")).toEqual({ menus: [] });
  expect(calls).toHaveLength(2);
});

test("a refusal that was asked for ahead is nobody's answer", async () => {
  serve({ "GET /meta": new Refusal(401, { code: "unauthenticated", message: "请先登录" }) });
  askAhead("/meta");
  const calls = serve({ "GET /meta": { menus: [] } });
  expect(await call("GET", "/meta")).toEqual({ menus: [] });
  expect(calls).toHaveLength(1);
});
