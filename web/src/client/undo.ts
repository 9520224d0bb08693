/** Taking back what was done, and what was deleted. */
import { call } from "./http";
import type { Job } from "./jobs";
import type { Id, Page, RecordRow, Ref } from "./types";

export interface Recycled {
  id: Id;
  record: Id;
  label: string;
  at: string;
  /** The last moment it can come back. */
  until: string;
  by: Ref;
  owner: Ref | null;
}

export interface Deed {
  id: Id;
  verb: string;
  collection: string;
  /** What its records are called. */
  object: string;
  count: number;
  /** Of its records, as far as they are few and may be seen. */
  names: string[];
  at: string;
  until: string;
  undone_at: string | null;
}

export interface Undone {
  done: number;
  kept: { id: Id; collection: string; label: string; reason: string }[];
}

export const undoing = {
  deeds: (after?: string) => call<Page<Deed>>("GET", "/changesets", { query: { after } }),
  undo: (changeset: Id) => call<Undone | Job>("POST", `/changesets/${changeset}/undo`),
  recycled: (collection: string, after?: string) => call<Page<Recycled>>("GET", "/recycled", { query: { collection, after } }),
  restore: (id: Id) => call<{ collection: string; id: Id; label: string }>("POST", `/recycled/${id}/restore`),
};

export const merge = (collection: string, body: { keep: Id; others: Id[]; fields: Record<string, Id> }) =>
  call<RecordRow & { changeset: Id }>("POST", `/${collection}/merge`, { body });

export interface Group {
  group: Id;
  /** Of 100. */
  score: number;
  reasons: string[];
  records: { id: Id; label: string; facts: string[]; owner: string; created_at: string }[];
}

const groupsOf = (collection: string) => `/${collection}/duplicate-groups`;

export const duplicates = {
  groups: (collection: string, after?: string) =>
    call<{ rows: Group[]; next: string | null; searched_at: string | null }>("GET", groupsOf(collection), { query: { after } }),
  search: (collection: string) => call<Job>("POST", groupsOf(collection)),
  different: (collection: string, ids: Id[]) => call<undefined>("POST", `${groupsOf(collection)}/different`, { body: { ids } }),
  merge: (collection: string, groups: Group[]) =>
    call<Job>("POST", `${groupsOf(collection)}/merge`, {
      body: { groups: groups.map(({ records }) => records.slice(0, 5).map(({ id }) => id)) },
    }),
};
