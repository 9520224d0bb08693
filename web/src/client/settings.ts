/** What administrators change of the house itself. */
import { call } from "./http";
import type { Id } from "./types";

export type Reach = "none" | "self" | "department" | "subtree" | "all";
export type Grants = Record<string, Record<string, Reach>>;
/** Cells to change; null inherits again. */
export type Edits = Record<string, Record<string, Reach | null>>;
export interface Verb { name: string; label: string }
export interface GrantedObject { collection: string; label: string; group: string; actions: Verb[] }
export interface Holder { id: Id; label: string; department: string | null; is_active: boolean }
export interface RoleMatrix {
  id: Id;
  name: string;
  version: number;
  grants: Grants;
  may_grant: boolean;
  verbs: Verb[];
  objects: GrantedObject[];
  people: Holder[];
}

export const roles = {
  matrix: (id: Id) => call<RoleMatrix>("GET", `/roles/${id}/grants`),
  regrant: (id: Id, grants: Edits, version: number) => call<RoleMatrix>("PATCH", `/roles/${id}/grants`, { body: { grants, version } }),
};
