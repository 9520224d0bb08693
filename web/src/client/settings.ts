/** What administrators change of the house itself. */
import { call } from "./http";
import type { Job } from "./jobs";
import type { Fields, Id, Ref } from "./types";

export type Reach = "none" | "self" | "department" | "subtree" | "all";
/** What one cell says: how far, or which departments, each with those below it. */
export type Said = Reach | Id[];
export type Grants = Record<string, Record<string, Said>>;
/** Cells to change; null inherits again. */
export type Edits = Record<string, Record<string, Said | null>>;
export interface Verb {
  name: string;
  label: string;
}
export type FieldRule = "hidden" | "masked" | "readonly";
/** What is less than open, by object and field; of the lines of a record "products.price". */
export type FieldRules = Record<string, Record<string, FieldRule>>;
export interface RuledField {
  name: string;
  label: string;
  rules: FieldRule[];
}
export interface GrantedObject {
  collection: string;
  label: string;
  group: string;
  verbs: string[];
  actions: Verb[];
  fields: RuledField[];
}
export interface Holder {
  id: Id;
  label: string;
  department: string | null;
  is_active: boolean;
}
export interface RoleMatrix {
  id: Id;
  name: string;
  version: number;
  grants: Grants;
  fields: FieldRules;
  may_grant: boolean;
  verbs: Verb[];
  rules: { name: FieldRule; label: string }[];
  objects: GrantedObject[];
  /** Those chosen in some cell. */
  departments: Ref[];
  people: Holder[];
}

export const roles = {
  matrix: (id: Id) => call<RoleMatrix>("GET", `/roles/${id}/grants`),
  regrant: (id: Id, grants: Edits, version: number) =>
    call<RoleMatrix>("PATCH", `/roles/${id}/grants`, { body: { grants, version } }),
  rule: (id: Id, collection: string, name: string, rule: FieldRule | null, version: number) =>
    call<RoleMatrix>("PATCH", `/roles/${id}/grants`, { body: { fields: { [collection]: { [name]: rule } }, version } }),
};

export interface LaidOption {
  value: string;
  label: string;
  color: string;
  probability: string | null;
  retired: boolean;
  /** Values of the deciding field with which it may be chosen; none for any. */
  when?: string[];
  /** Why it must stay open; empty when it may be retired. */
  kept: string;
  /** What the program calls it; null for one that was added. */
  declared: string | null;
  record: { id: Id; version: number } | null;
}
export interface OptionSet {
  key: string;
  label: string;
  kind: string;
  /** Why nothing can be added; empty when it can. */
  closed: string;
  weighted: boolean;
  /** The field these options depend on. */
  deciding?: { label: string; options: { value: string; label: string }[] } | null;
  fields: { collection: string; field: string; label: string; lines: string }[];
  options: LaidOption[];
}
export interface Uses {
  collection: string;
  label: string;
  count: number;
}

const OPTIONS = "choice-options";

export const optionSets = {
  list: async () => (await call<{ rows: OptionSet[] }>("GET", "/option-sets")).rows,
  uses: async (key: string, value: string) => (await call<{ rows: Uses[] }>("GET", `/option-sets/${key}/uses/${value}`)).rows,
  order: (key: string, values: string[]) => call<undefined>("POST", `/option-sets/${key}/order`, { body: { values } }),
  retire: (key: string, value: string, to: string | null) =>
    call<Job | undefined>("POST", `/option-sets/${key}/retire`, { body: { value, to } }),
  add: (field: string, label: string) => call<unknown>("POST", `/${OPTIONS}`, { body: { field, label } }),
  /** Changes a declared option for the first time, or what was laid over it before. */
  change: (field: string, option: LaidOption, body: Fields) =>
    option.record
      ? call<unknown>("PATCH", `/${OPTIONS}/${option.record.id}`, { body: { version: option.record.version, ...body } })
      : call<unknown>("POST", `/${OPTIONS}`, { body: { field, value: option.value, label: option.label, ...body } }),
  restore: (id: Id) => call<unknown>("POST", `/${OPTIONS}/${id}/restore`, { body: {} }),
  forget: (id: Id) => call<undefined>("DELETE", `/${OPTIONS}/${id}`),
  putBack: (job: Id) => call<Job>("POST", `/jobs/${job}/put-back`, { body: {} }),
};

export interface LeavingPreview {
  person: Ref;
  closed: boolean;
  rows: { key: string; label: string; count: number }[];
}

/** Those who leave, and what they hand over. */
export const leavers = {
  preview: (id: Id) => call<LeavingPreview>("GET", `/people/${id}/leaving`),
  leave: (id: Id, to: Id[], collections: Record<string, Id[]>) =>
    call<Job>("POST", `/people/${id}/leaving`, { body: { to, collections } }),
};
