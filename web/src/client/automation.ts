/** 自动化与预警: the rules an administrator writes, and what they would have done. */
import { call } from "./http";
import type { Job } from "./jobs";
import type { Filter, Id } from "./types";

export interface Who {
  by: "owner" | "head" | "person" | "field" | "role" | "post";
  person?: Id;
  field?: string;
  role?: Id;
  post?: Id;
  label?: string;
}
export type Occasion = "created" | "changed" | "deleted" | "action" | "time" | "clock";
export interface When {
  on: Occasion;
  fields?: string[];
  action?: string;
  rhythm?: "day" | "week" | "month";
  day?: number;
  hour?: number;
  clock?: string;
  mark?: string;
}
export type Deed = "set" | "assign" | "create" | "notify" | "act" | "call" | "approve";
export type Values = Record<string, unknown>;
export interface Step {
  do: Deed;
  values?: Values;
  collection?: string;
  to?: Who | { by: "turn"; people: Id[] };
  who?: Who[];
  text?: string;
  mail?: boolean;
  channels?: Id[];
  action?: string;
  data?: Values;
}
export interface AutomationRules {
  when?: When;
  if?: Filter | null;
  do?: Step[];
}
export interface Word {
  value: string;
  label: string;
}
export interface Trial {
  from: string;
  to: string;
  /** It runs by the clock: what counts is what there is now. */
  now: boolean;
  count: number;
  tried: number;
  examples: { id: number; label: string }[];
  steps: {
    label: string;
    done: number;
    refused: { id: number; reason: string }[];
    /** Who would not be told, and why. */ notes: string[];
  }[];
  error: string;
}

export interface Threshold {
  level: string;
  threshold: string;
  least?: string | null;
  most?: string | null;
}
export interface AlertRules {
  filter?: Filter | null;
  group?: string;
  measure?: string;
  when?: "above" | "below";
  levels?: Threshold[];
  who?: Who[];
  channels?: Id[];
  mail?: boolean;
  limit?: { amount: number; unit: "hour" | "day" | "workday" } | null;
}
export interface BackTest {
  from: string;
  to: string;
  raised: number;
  levels: { level: string; label: string; count: number }[];
  days: { day: string; count: number }[];
  examples: { day: string; collection: string; id: number; label: string; level: string; value: string }[];
  now: number;
  /** What can be known of that time, and what cannot. */
  knows: string;
  /** Who would not be told of what stands now, and why. */
  notes: string[];
}

export const automation = {
  words: () => call<{ clocks: Word[]; marks: Word[] }>("GET", "/automations/vocabulary"),
  rehearse: (collection: string, definition: AutomationRules, period: string) =>
    call<Trial | Job>("POST", "/automations/rehearse", { body: { collection, definition, period } }),
  backTest: (collection: string, definition: AlertRules, period: string) =>
    call<BackTest | Job>("POST", "/alert-rules/back-test", { body: { collection, definition, period } }),
};
