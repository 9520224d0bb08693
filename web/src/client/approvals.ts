/** 审批: what waits for whose agreement, and the policies that say so. */
import { call } from "./http";
import type { Job } from "./jobs";
import type { Fields, Filter, Id, Ref, StoredFile } from "./types";

export type State = "choosing" | "pending" | "approved" | "disagreed" | "returned" | "withdrawn" | "failed";
export type Deed = "approve" | "disagree" | "return" | "delegate" | "add-signer" | "withdraw" | "remind" | "explain" | "choose";
export interface Told {
  field: string;
  label: string;
  old: string;
  new: string;
}
export interface Request {
  id: number;
  policy: string;
  policy_version: number;
  collection: string;
  object: string;
  record: number | null;
  title: string;
  deed: string;
  /** Deed and object together. */
  what: string;
  changes: Told[];
  /** What the record is about; nothing where one may not open it. */
  facts: { label: string; text: string }[];
  state: State;
  reason: string;
  requester: Ref;
  created_at: string;
  due_at: string | null;
  finished_at: string | null;
  step: string | null;
  asked: Ref[];
  may: Deed[];
}
export interface Taker extends Ref {
  state: string;
}
export type Rule = "any" | "all" | "sequence";
export interface RouteStep {
  place: number;
  name: string;
  rule: Rule;
  limit: Limit | null;
  now: boolean;
  choose: boolean;
  people: Taker[];
}
export interface LogLine {
  at: string;
  actor: Ref;
  deed: string;
  step: string;
  opinion: string;
  files: StoredFile[];
}
export interface WholeRequest extends Request {
  steps: RouteStep[];
  log: LogLine[];
}
export type Mine = "todo" | "sent" | "done";
export interface Inbox {
  rows: Request[];
  next: number | null;
  waiting: number;
}

export interface Limit {
  amount: number;
  unit: "hour" | "day" | "workday";
  then: "remind" | "escalate" | "agree" | "disagree";
}
export interface Who {
  by: "role" | "post" | "head" | "person" | "field" | "chosen";
  role?: Id;
  post?: Id;
  level?: number;
  person?: Id;
  field?: string;
  near?: boolean;
}
export interface Step {
  name: string;
  who: Who[];
  rule?: Rule;
  firm?: boolean;
  when?: Filter | null;
  limit?: Limit | null;
}
export interface Rules {
  fields?: string[];
  above?: number;
  condition?: Filter | null;
  steps?: Step[];
}
export interface Example {
  id: number;
  label: string;
  people: string[][];
  problem: string;
}
export interface Way {
  steps: string[];
  count: number;
  examples: Example[];
}
export interface Simulated {
  period: { from: string; to: string };
  deeds: number;
  held: number;
  free: number;
  routes: Way[];
  knows: string;
  notes: string[];
}

export const approvals = {
  inbox: (mine: Mine, after?: number) => call<Inbox>("GET", "/approvals", { query: { mine, after } }),
  about: (collection: string, record: Id) => call<Inbox>("GET", "/approvals", { query: { collection, record } }),
  get: (id: Id) => call<WholeRequest>("GET", `/approvals/${id}`),
  answer: (id: Id, deed: Deed, body: Fields) => call<WholeRequest>("POST", `/approvals/${id}/${deed}`, { body }),
  batch: (ids: number[], deed: "approve" | "disagree", opinion: string) =>
    call<{ done: number[]; refused: { id: number; reason: string }[] }>("POST", "/approvals/batch", {
      body: { ids, deed, opinion },
    }),
  simulate: (collection: string, verb: string, definition: Rules, period: string) =>
    call<Simulated | Job>("POST", "/approval-policies/simulate", { body: { collection, verb, definition, period } }),
};
