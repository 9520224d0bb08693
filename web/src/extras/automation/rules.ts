/** The words of a rule, and its parts begun anew. */
import type { AutomationRules, Deed, Occasion, Step, When, Who } from "../../client/automation";
import type { Description, Field } from "../../client/types";

export const OCCASIONS: Record<Occasion, string> = {
  created: "新建后",
  changed: "修改后",
  deleted: "删除后",
  action: "执行动作后",
  time: "到了固定的时间",
  clock: "时限到点",
};
export const DEEDS: Record<Deed, string> = {
  notify: "通知",
  set: "设置字段",
  create: "新建记录",
  assign: "分配负责人",
  act: "执行动作",
  approve: "发起审批",
  call: "调用 Webhook",
};
export const RHYTHMS = { day: "每天", week: "每周", month: "每月" } as const;
export const BY: Record<Who["by"], string> = {
  owner: "负责人",
  head: "部门负责人",
  person: "指定的人",
  role: "角色",
  post: "岗位",
  field: "记录上的人员",
};
export const PERIODS = {
  last_7_days: "最近 7 天",
  last_30_days: "最近 30 天",
  last_month: "上个月",
  last_quarter: "上个季度",
} as const;

export const named = (fields: { name: string; label: string }[]) => fields.map(({ name, label }) => ({ value: name, label }));

export function readText(text: unknown): object {
  try {
    const read: unknown = typeof text === "string" && text !== "" ? JSON.parse(text) : {};
    return typeof read === "object" && read !== null ? read : {};
  } catch {
    return {};
  }
}

export const whenOf = (rules: AutomationRules): When => rules.when ?? { on: "created" };

/** An occasion begun anew. */
export function begunWhen(on: Occasion, object: Description): When {
  if (on === "time") return { on, rhythm: "day", hour: 8 };
  if (on === "action") return { on, action: object.actions[0]?.name ?? "transfer" };
  return { on };
}

const BLANK: Record<Deed, Omit<Step, "do">> = {
  notify: { who: [{ by: "owner" }], text: "" },
  set: { values: {} },
  create: { collection: "", values: {} },
  assign: { to: { by: "head" } },
  act: { action: "" },
  approve: { action: "" },
  call: { channels: [] },
};

export const begunStep = (deed: Deed): Step => ({ do: deed, ...BLANK[deed] });

const UNTOLD = new Set(["lines", "file", "refs", "number", "state"]);

/** The fields a rule may fill. */
export const settable = (object: Description): Field[] =>
  object.fields.filter(({ readonly, kind }) => !readonly && !UNTOLD.has(kind));

/** What a new record of another object needs from this one to begin with. */
export function firstValues(source: Description, target: Description): Record<string, unknown> {
  const needed = settable(target).filter(({ required, to }) => required === true || to === source.collection);
  return Object.fromEntries(needed.map((field) => [field.name, firstValue(source, field)]));
}

function firstValue(source: Description, field: Field): unknown {
  if (field.to === source.collection) return { from: "id" };
  if (field.kind === "date" || field.kind === "datetime") return { days: 1 };
  if (field.kind === "text" || field.kind === "longtext") return { text: `{${source.title}}` };
  return field.options?.[0]?.value ?? null;
}

/** The days a value lies ahead of the day it is written. */
export const daysOf = (value: unknown): number =>
  typeof value === "object" && value !== null && "days" in value ? Number(value.days) : 0;
export const textOf = (value: unknown): string =>
  typeof value === "object" && value !== null && "text" in value ? String(value.text) : typeof value === "string" ? value : "";
export const sourceOf = (value: unknown): string | null =>
  typeof value === "object" && value !== null && "from" in value ? String(value.from) : null;
