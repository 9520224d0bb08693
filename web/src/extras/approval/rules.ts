/** The rules of a policy as its record keeps them. */
import type { Rules, Step, Who } from "../../client/approvals";
import type { Description } from "../../client/types";

export function readRules(text: unknown): Rules {
  try {
    const read: unknown = typeof text === "string" && text !== "" ? JSON.parse(text) : {};
    return typeof read === "object" && read !== null ? read : {};
  } catch {
    return {};
  }
}

export const blankStep = (number: number): Step => ({ name: `第 ${number} 步`, who: [{ by: "head", level: 1 }], rule: "any" });

export const BY: Record<Who["by"], string> = {
  head: "部门负责人",
  role: "角色",
  post: "岗位",
  person: "指定的人",
  field: "记录上的人员",
  chosen: "申请人自选",
};
export const RULES = { any: "任一人同意即可", all: "全部同意（会签）", sequence: "依次同意" } as const;
export const UNITS = { workday: "个工作日", day: "天", hour: "小时" } as const;
export const THEN = { remind: "再次提醒", escalate: "请上级一起办", agree: "视为同意", disagree: "视为不同意" } as const;
export const PERIODS = {
  last_month: "上个月",
  last_quarter: "上个季度",
  this_quarter: "本季度",
  this_year: "今年",
  last_year: "去年",
} as const;

/** One way of naming people begun anew. */
export const begun = (by: Who["by"]): Who =>
  by === "head" ? { by, level: 1 } : by === "field" ? { by, field: "owner" } : { by };

/** What may be guarded on an object. */
export const deedsOf = (object: Description): { value: string; label: string }[] => [
  { value: "add", label: "新建" },
  { value: "change", label: "修改" },
  { value: "delete", label: "删除" },
  { value: "transfer", label: "转交" },
  { value: "export", label: "导出" },
  ...object.actions.map(({ name, label }) => ({ value: name, label })),
];
