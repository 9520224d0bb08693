/** For administrators: why somebody may see a record, and who has seen it. */
import { call } from "./http";
import type { Id, Ref } from "./types";

export interface Why {
  person: Ref;
  gone: boolean;
  verbs: { verb: string; label: string; may: boolean; reasons: string[] }[];
  fields: { field: string; rule: string }[];
}
export interface Sighting {
  how: "view" | "export" | "reveal" | "share";
  label: string;
  at: string;
  person: Ref;
  through: string;
  what: string;
}

/** The first and the last day that are asked about, as far as they are named. */
export type Days = [from?: string, to?: string];

/** One thing an alarm rests on; of an export only what of and how many. */
export interface Trace {
  at: string;
  collection: string;
  object: string;
  record: Id | null;
  title: string;
  count: number;
  through: string;
}

export const insight = {
  why: (collection: string, id: Id, person: Id) => call<Why>("GET", `/${collection}/${id}/why`, { query: { person } }),
  seen: async (collection: string, id: Id, [from, to]: Days) =>
    (await call<{ rows: Sighting[] }>("GET", `/${collection}/${id}/seen`, { query: { from, to } })).rows,
  evidence: async (id: Id) => (await call<{ rows: Trace[] }>("GET", `/alarms/${id}/evidence`)).rows,
};
