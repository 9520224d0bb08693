import { expect, test } from "vitest";
import { kindOf } from "../../kinds";
import { field, planets } from "../../testing/planets";
import { answered, asked, body, changedFields, editableSections, initialValues, missing, newBody, wrong } from "./values";

const fields = editableSections(planets, false).flatMap((section) => section.fields);

test("what the server decides is not asked", () => {
  expect(fields.map(({ name }) => name)).toEqual(["name", "climate", "price", "star", "share", "born_on", "mines"]);
});

test("a new record carries what was filled in, and nothing else", () => {
  const values = { ...initialValues(fields, null), name: "水星", star: { id: 7, label: "太阳" } };
  expect(newBody(fields, values)).toEqual({ name: "水星", climate: "cold", star: 7 });
});

test("what was preset travels although it has no place in the form", () => {
  const values = initialValues(fields, null);
  expect(
    newBody(fields, values, { owner: { id: 3, label: "伽利略" }, orbits: [{ star: { id: 7, label: "太阳" } }] }),
  ).toMatchObject({ owner: 3, orbits: [{ star: 7 }] });
});

test("a change carries only what changed", () => {
  const record = { id: 1, version: 2, name: "水星", climate: "hot", price: null, star: null, share: "0.5000", mines: [] };
  const before = initialValues(fields, record);
  const changed = changedFields(fields, before, { ...before, climate: "", price: "9.00", star: null });
  expect(body(changed, { ...before, climate: "", price: "9.00" })).toEqual({ climate: "", price: "9.00" });
});

test("an old record that lacks a value is not given the default of a new one", () => {
  expect(initialValues(fields, { id: 1, version: 1, name: "水星" }).climate).toBe("");
});

test("what is missing is said by its label", () => {
  expect(missing(fields, { name: "" })).toEqual({ name: "请填写星名" });
});

test("what is wrong is said in the words of its kind, before the server is asked", () => {
  const reason = (kind: Parameters<typeof field>[1], value: unknown, facts = {}) => wrong(field("a", kind, "甲", facts), value);
  expect([reason("email", "a@"), reason("email", "a@b.cn")]).toEqual(["邮箱格式不正确，应如 name@company.com", undefined]);
  expect([reason("phone", "12"), reason("phone", "021-5555 8888 转 801")]).toEqual(["电话号码格式不正确", undefined]);
  expect([reason("url", "公司官网"), reason("url", "www.example.com")]).toEqual([
    "网址格式不正确，应如 https://www.example.com",
    undefined,
  ]);
  expect([reason("decimal", "120", { min: "0", max: "100" }), reason("money", "-1", { min: "0" })]).toEqual([
    "应在 0 与 100 之间",
    "不能小于 0",
  ]);
  expect([reason("text", "", { required: true }), reason("text", "")]).toEqual(["请填写甲", undefined]);
});

test("a field that depends on another is asked for with the values it names", () => {
  const until = field("until", "date", "至", { when: { climate: ["hot"] }, required: true });
  expect([asked(until, { climate: "hot" }), asked(until, { climate: "cold" }), asked(until, {})]).toEqual([true, false, false]);
  expect(asked({ ...until, when: { climate: [] } }, { climate: "cold" })).toBe(true);
  expect(answered([until], { climate: "cold", [until.name]: "typed before" })[until.name]).toBe(kindOf(until).blank);
  expect(answered([until], { climate: "hot", [until.name]: "typed" })[until.name]).toBe("typed");
  expect([missing([until], { climate: "cold" }), missing([until], { climate: "hot" })]).toEqual([{}, { until: "请填写至" }]);
});

test("a new record that may be for a colleague asks for whom, an old one does not", () => {
  const given = { ...planets, assignable: true, sections: [{ label: "概要", fields: ["name", "owner"] }] };
  const names = (fresh: boolean) =>
    editableSections(given, false, {}, fresh).flatMap((section) => section.fields.map(({ name }) => name));
  expect([names(true), names(false)]).toEqual([["name", "owner"], ["name"]]);
});

test("a quick form asks what it is about, unless that is known", () => {
  const about = { ...planets, one_of: ["star", "friends"] };
  const names = (preset: object) =>
    editableSections(about, true, preset as Record<string, unknown>)[0]?.fields.map(({ name }) => name);
  expect([names({}), names({ friends: [] })]).toEqual([["star", "name"], ["name"]]);
});
