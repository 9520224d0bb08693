import { beforeEach, expect, test, vi } from "vitest";
import { records } from "../client/api";
import { call } from "../client/http";
import { meta } from "../testing/planets";
import { Refusal, serve } from "../testing/server";
import { keepFile } from "./files";
import { belongTo, forgetHolder } from "./holder";
import { isAway } from "./network";
import { dropLetter, keepLetter, openOutbox, retryLetter, sendLetters, waitingLetters } from "./outbox";

const offline = () => vi.stubGlobal("fetch", () => Promise.reject(new TypeError("failed to fetch")));
const letter = (id: string, body: object, facts: object = {}) => ({
  id,
  collection: "planets",
  record: null,
  version: null,
  title: "水星",
  body: { ...body },
  values: { ...body },
  allow: false,
  ...facts,
});
const signedIn = { "GET /session": meta.me };
const UNREACHABLE = { status: 0, code: "offline", message: "连不上服务器，请检查网络后再试一次" };

beforeEach(() => belongTo(1));

test("what was read is read again without a network, and nothing else", async () => {
  serve({ "GET /planets/7/page": { record: { id: 7, name: "火星" } } });
  await records.page("planets", 7);
  offline();
  expect(await records.page("planets", 7)).toEqual({ record: { id: 7, name: "火星" } });
  expect(await records.get("planets", 7)).toEqual({ id: 7, name: "火星" });
  await expect(records.page("planets", 8)).rejects.toMatchObject(UNREACHABLE);
  expect(isAway()).toBe(true);
});

test("a proxy that cannot reach the server is no network, and a server that answers is one", async () => {
  serve({ "GET /planets/7": { id: 7 }, "GET /stars/1": new Refusal(502, {}) });
  await expect(records.get("stars", 1)).rejects.toMatchObject(UNREACHABLE);
  expect(isAway()).toBe(true);
  await records.get("planets", 7);
  expect(isAway()).toBe(false);
});

test("what the server has taken back is not read any more", async () => {
  serve({ "GET /planets/7": { id: 7 } });
  await records.get("planets", 7);
  serve({});
  await expect(records.get("planets", 7)).rejects.toMatchObject({ status: 404 });
  offline();
  await expect(records.get("planets", 7)).rejects.toMatchObject(UNREACHABLE);
});

test("another person finds nothing of what was read, nor of what was typed", async () => {
  serve({ "GET /planets/7": { id: 7 } });
  await records.get("planets", 7);
  localStorage.setItem("zhike:draft:planets:new", "{}");
  localStorage.setItem("zhike:looks", "{}");
  await belongTo(2);
  expect(Object.keys(localStorage).sort()).toEqual(["zhike:looks", "zhike:person"]);
  offline();
  await expect(records.get("planets", 7)).rejects.toMatchObject(UNREACHABLE);
  await belongTo(1);
  await expect(records.get("planets", 7)).rejects.toMatchObject(UNREACHABLE);
});

test("an answer that arrives after its asker has left is kept for nobody", async () => {
  let answer: (response: Response) => void = () => undefined;
  vi.stubGlobal(
    "fetch",
    () =>
      new Promise<Response>((done) => {
        answer = done;
      }),
  );
  const asked = call("GET", "/planets/7");
  await belongTo(2);
  answer(Response.json({ id: 7 }));
  await asked;
  offline();
  await expect(records.get("planets", 7)).rejects.toMatchObject(UNREACHABLE);
  await belongTo(1);
  await expect(records.get("planets", 7)).rejects.toMatchObject(UNREACHABLE);
});

test("what was written is sent under its own key, in the order it was written, and then is gone", async () => {
  const calls = serve({ ...signedIn, "POST /planets": { id: 1, version: 1 }, "PATCH /planets/7": { id: 7, version: 4 } });
  await keepLetter(letter("key-one", { name: "水星" }));
  await keepLetter(letter("key-two", { name: "金星" }, { record: 7, version: 3 }));
  expect(await sendLetters()).toBe(2);
  expect(calls.slice(1).map(({ method, body, headers }) => [method, body, headers["Idempotency-Key"]])).toEqual([
    ["POST", { name: "水星" }, "key-one"],
    ["PATCH", { name: "金星", version: 3 }, "key-two"],
  ]);
  expect(waitingLetters()).toEqual([]);
  expect(await sendLetters()).toBe(0);
});

test("a lost answer is asked for again with the same key and the same words", async () => {
  const heard: unknown[] = [];
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    if (url.endsWith("/session")) return Promise.resolve(Response.json(meta.me));
    heard.push([init.body, (init.headers as Record<string, string>)["Idempotency-Key"]]);
    return heard.length === 1
      ? Promise.reject(new TypeError("connection reset"))
      : Promise.resolve(Response.json({ id: 1 }, { status: 201 }));
  });
  await keepLetter(letter("key", { name: "水星" }));
  expect([await sendLetters(), waitingLetters().length]).toEqual([0, 1]);
  expect([await sendLetters(), waitingLetters().length]).toEqual([1, 0]);
  expect(heard).toEqual([
    ['{"name":"水星"}', "key"],
    ['{"name":"水星"}', "key"],
  ]);
});

test("what the server refuses stays with its reasons and holds up nothing else; mended it goes out under the same key", async () => {
  const refuse = ({ body }: { body: unknown }) =>
    (body as { name: string }).name === ""
      ? new Refusal(422, { code: "invalid", message: "请填写星名", fields: { name: "请填写星名" } })
      : { id: 1 };
  const calls = serve({ ...signedIn, "POST /planets": refuse });
  await keepLetter(letter("bad", { name: "" }));
  await keepLetter(letter("good", { name: "金星" }));
  expect(await sendLetters()).toBe(1);
  expect(waitingLetters().map(({ id, refusal }) => [id, refusal?.reasons])).toEqual([["bad", { name: "请填写星名" }]]);
  await keepLetter(letter("bad", { name: "木星" }));
  expect(await sendLetters()).toBe(1);
  expect([calls.at(-1)?.body, calls.at(-1)?.headers["Idempotency-Key"]]).toEqual([{ name: "木星" }, "bad"]);
});

test("likely duplicates are sent again as wanted, a change made too late carries both versions", async () => {
  serve({
    ...signedIn,
    "POST /planets": ({ query }: { query: URLSearchParams }) =>
      query.get("duplicates") === "allow"
        ? { id: 1 }
        : new Refusal(409, { code: "duplicates", message: "可能重复", fields: {}, duplicates: [] }),
    "PATCH /planets/7": new Refusal(409, {
      code: "stale",
      message: "已被别人修改",
      fields: { name: { yours: "甲", theirs: "乙" } },
      current: { id: 7, version: 5, name: "乙" },
    }),
  });
  await keepLetter(letter("twice", { name: "水星" }));
  await keepLetter(letter("late", { name: "甲" }, { record: 7, version: 4 }));
  await sendLetters();
  const [twice, late] = waitingLetters();
  expect(late?.refusal).toMatchObject({
    code: "stale",
    fields: { name: { yours: "甲", theirs: "乙" } },
    current: { version: 5 },
  });
  expect(twice && (await retryLetter(twice, true))).toBe(1);
});

test("nothing goes out in another person's name, and signing out leaves nothing", async () => {
  const calls = serve({ "GET /session": { ...meta.me, id: 2 } });
  await keepLetter(letter("mine", { name: "水星" }));
  expect(await sendLetters()).toBe(0);
  await belongTo(2);
  await openOutbox();
  expect(waitingLetters()).toEqual([]);
  await belongTo(1);
  await openOutbox();
  expect(waitingLetters().map(({ id }) => id)).toEqual(["mine"]);
  await forgetHolder();
  await belongTo(1);
  await openOutbox();
  expect(waitingLetters()).toEqual([]);
  expect(calls.filter(({ method }) => method !== "GET")).toEqual([]);
});

test("a photo taken without a network is uploaded once, before what it belongs to", async () => {
  const photo = await keepFile(new File(["…"], "现场.jpg", { type: "image/jpeg" }));
  let failing = true;
  const calls = serve({
    ...signedIn,
    "POST /files": { id: 31, name: "现场.jpg", size: 3, type: "image/jpeg" },
    "POST /planets": () => (failing ? new Refusal(500, {}) : { id: 1 }),
  });
  await keepLetter({ ...letter("key", {}), body: { photos: [photo.id] }, values: { photos: [photo] } });
  expect(await sendLetters()).toBe(0);
  failing = false;
  expect(await sendLetters()).toBe(1);
  expect(calls.filter(({ path }) => path === "/files").length).toBe(1);
  expect(calls.at(-1)?.body).toEqual({ photos: [31] });
});

test("what is discarded is gone", async () => {
  await keepLetter(letter("key", { name: "水星" }));
  await dropLetter("key");
  await openOutbox();
  expect(waitingLetters()).toEqual([]);
});
