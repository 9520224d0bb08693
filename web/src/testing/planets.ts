/** A made-up description: what the screens must be able to draw without ever having heard of it. */
import type { Meta } from "../client/meta";
import type { Description, Field, KindName, Op } from "../client/types";

const ORDERED: Op[] = ["eq", "ne", "lt", "lte", "gt", "gte", "between", "empty", "filled"];
const WORDS: Op[] = ["contains", "starts", "eq", "ne", "in", "empty", "filled"];
const ONE_OF: Op[] = ["eq", "ne", "in", "not_in", "empty", "filled"];
const SEVERAL: Op[] = ["has_any", "has_all", "has_none", "empty", "filled"];
const DAYS: Op[] = ["eq", "lt", "lte", "gt", "gte", "between", "during", "empty", "filled"];

const OPS: Record<KindName, Op[]> = {
  text: WORDS,
  longtext: WORDS,
  phone: WORDS,
  email: WORDS,
  url: WORDS,
  number: WORDS,
  integer: ORDERED,
  decimal: ORDERED,
  money: ORDERED,
  ratio: ORDERED,
  date: DAYS,
  datetime: DAYS,
  boolean: ["eq"],
  choice: ONE_OF,
  state: ONE_OF,
  choices: SEVERAL,
  tags: SEVERAL,
  ref: ONE_OF,
  refs: ONE_OF,
  person: ONE_OF,
  address: ["within", "contains", "empty", "filled"],
  file: ["empty", "filled"],
  lines: ["empty", "filled"],
};

export const field = (name: string, kind: KindName, label: string, facts: Partial<Field> = {}): Field => ({
  name,
  kind,
  label,
  ops: OPS[kind],
  required: false,
  readonly: false,
  sortable: true,
  importable: true,
  ...facts,
});

const PHASES = [
  { value: "dust", label: "尘埃", probability: "0.10" },
  { value: "molten", label: "熔岩", probability: "0.50" },
  { value: "alive", label: "有生命", probability: "1", color: "green", end: true },
  { value: "lost", label: "湮灭", probability: "0", color: "red", end: true },
];

const FIELDS: Field[] = [
  field("name", "text", "星名", { required: true, max_length: 40 }),
  field("code", "number", "编号", { readonly: true }),
  field("phase", "state", "阶段", { options: PHASES, readonly: true }),
  field("climate", "choice", "气候", {
    options: [
      { value: "hot", label: "炎热", color: "red" },
      { value: "cold", label: "寒冷" },
    ],
    default: "cold",
  }),
  field("price", "money", "地价", { total: "avg" }),
  field("share", "ratio", "折扣", { total: "avg" }),
  field("mass", "decimal", "质量", { decimals: 2 }),
  field("moons", "integer", "卫星数"),
  field("born_on", "date", "诞生日"),
  field("seen_at", "datetime", "最近观测"),
  field("ringed", "boolean", "有环"),
  field("traits", "choices", "特征", {
    options: [
      { value: "big", label: "大" },
      { value: "old", label: "老" },
    ],
  }),
  field("star", "ref", "恒星", { to: "stars" }),
  field("friends", "refs", "友邻", { to: "planets" }),
  field("owner", "person", "观测人", { to: "people", readonly: true }),
  field("phone", "phone", "电台"),
  field("email", "email", "信箱"),
  field("site", "url", "主页"),
  field("place", "address", "方位"),
  field("photos", "file", "照片"),
  field("marks", "tags", "标签"),
  field("story", "longtext", "传说"),
  field("mines", "lines", "矿藏", {
    parts: [
      field("ore", "ref", "矿石", { to: "ores", required: true }),
      field("tons", "decimal", "吨数", { decimals: 2 }),
      field("worth", "money", "价值", { readonly: true }),
    ],
  }),
];

const EVERYTHING = { view: "all", add: "all", change: "all", delete: "all", export: "all", import: "all", transfer: "all" };

function described(collection: string, label: string, fields: Field[], facts: Partial<Description> = {}): Description {
  return {
    collection,
    label,
    menu: "天文",
    title: "name",
    subtitle: [],
    columns: ["name"],
    filters: [],
    sections: [{ label: "概要", fields: ["name"] }],
    order: "-name",
    board: null,
    fields,
    actions: [],
    may: EVERYTHING,
    related: [],
    duplicates: false,
    quick: ["name"],
    ...facts,
  };
}

export const planets = described("planets", "行星", FIELDS, {
  subtitle: ["climate"],
  columns: ["name", "climate", "phase", "price", "owner"],
  filters: ["climate", "phase", "price"],
  board: "phase",
  duplicates: true,
  sections: [
    { label: "概要", fields: ["name", "code", "climate", "phase", "price", "star"] },
    { label: "其他", fields: ["share", "born_on", "mines"] },
  ],
  actions: [
    {
      name: "cool",
      label: "冷却",
      state: "phase",
      sources: ["dust"],
      targets: ["molten"],
      input: null,
      bulk: true,
      danger: false,
    },
    {
      name: "settle",
      label: "移民",
      state: "phase",
      sources: ["dust", "molten"],
      targets: ["alive"],
      input: [field("price", "money", "成交地价", { required: true })],
      bulk: true,
      danger: false,
    },
    {
      name: "restart",
      label: "重来",
      state: "phase",
      sources: ["alive", "lost"],
      targets: ["dust", "molten"],
      input: null,
      bulk: true,
      danger: true,
    },
  ],
});

export const stars = described(
  "stars",
  "恒星",
  [field("name", "text", "星名", { required: true }), field("heat", "integer", "温度")],
  {
    related: [{ collection: "planets", field: "star", label: "所属行星" }],
  },
);

export const meta: Meta = {
  me: { id: 1, username: "kepler", name: "开普勒", department: { id: 1, label: "天文台" }, roles: ["观测员"] },
  menus: [{ label: "天文", collections: ["planets", "stars"] }],
  dashboards: [],
  home: { cards: [], first: [] },
  objects: { planets, stars },
};
