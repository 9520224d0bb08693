/** Colour rules: rows that deserve a second look, by condition. The server says which rows meet which rule. */
import type { Filter, Row } from "../../client/types";
import { asList, isObject } from "../../kinds/values";
import { isFilter } from "./filters";

export const TINTS = { red: "红", orange: "橙", gold: "黄", green: "绿", blue: "蓝", purple: "紫", grey: "灰" } as const;
export type Tint = keyof typeof TINTS;

export interface Rule {
  filter: Filter;
  tint: Tint;
  /** Only this cell; the whole row when there is none. */ field?: string;
}

export const MOST_RULES = 8;

/** Rules from an address anybody may have typed. */
export function readRules(text: string | null): Rule[] {
  if (!text) return [];
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed.filter(isRule).slice(0, MOST_RULES) : [];
  } catch {
    return [];
  }
}

const isRule = (value: unknown): value is Rule =>
  isObject(value) &&
  isFilter(value.filter) &&
  typeof value.tint === "string" &&
  value.tint in TINTS &&
  (value.field === undefined || typeof value.field === "string");

/** The colour of a row and of some of its cells. The first rule that is met decides. */
export function tintsOf(rules: Rule[], row: Row): { row?: Tint; cells: Record<string, Tint> } {
  const meets = asList(row._meets);
  const met = rules.filter((_, index) => meets[index] === true);
  const cells: Record<string, Tint> = {};
  for (const { field, tint } of met) if (field !== undefined) cells[field] ??= tint;
  const whole = met.find(({ field }) => field === undefined);
  return { ...(whole && { row: whole.tint }), cells };
}
