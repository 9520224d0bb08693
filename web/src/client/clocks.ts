/** 时限: what is to be done until when, and time that is stopped for a while. */
import { call } from "./http";
import type { Id, Page, Ref } from "./types";

export interface Clock {
  id: Id;
  label: string;
  about: string;
  state: "running" | "paused" | "over";
  collection: string;
  record: Ref;
  person: Ref | null;
  due_at: string;
  /** The day with whose end it runs out; none where it runs out at an hour. */
  last_day: string | null;
  over: boolean;
  may_pause: boolean;
}

export type Whose = "mine" | "soon" | "all" | "mine soon";

const ASKED: Record<Whose, Record<string, string>> = {
  mine: { mine: "1" },
  soon: { due: "7" },
  all: {},
  "mine soon": { mine: "1", due: "7" },
};

export const clocks = {
  list: (whose: Whose, after?: string) => call<Page<Clock>>("GET", "/clocks", { query: { ...ASKED[whose], after } }),
  pause: (id: Id, reason: string) => call<object>("POST", `/clocks/${id}/pause`, { body: { reason } }),
  resume: (id: Id) => call<object>("POST", `/clocks/${id}/resume`, { body: {} }),
};
