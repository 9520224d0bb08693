/** Page layouts: how the pages of an object look to a role. */
import { call } from "./http";
import type { Filter, Id, Ref, Section } from "./types";

export type When = Filter | Record<string, never>;
export interface Arrangement {
  sections: Section[];
  hidden: string[];
  required: Record<string, When>;
}
export interface Layout extends Arrangement {
  role: Ref;
  collection: string;
  declared: Section[];
  one_of: string[];
  /** Null while the role has the pages as they are declared. */
  record: { id: Id; version: number } | null;
}

const at = (role: Id, collection: string) => `/layouts/${role}/${collection}`;

export const layouts = {
  kept: async () => (await call<{ rows: { role: Id; collection: string }[] }>("GET", "/layouts")).rows,
  read: (role: Id, collection: string) => call<Layout>("GET", at(role, collection)),
  save: (role: Id, collection: string, body: Arrangement, version: number | undefined) =>
    call<Layout>("PATCH", at(role, collection), { body: { ...body, ...(version !== undefined && { version }) } }),
  drop: (role: Id, collection: string) => call<undefined>("DELETE", at(role, collection)),
};
