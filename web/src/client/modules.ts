/** Modules: whole domains that are switched off and on. */
import { call } from "./http";
import type { Ref } from "./types";

export interface Neighbour {
  name: string;
  label: string;
  enabled: boolean;
}
export interface Module extends Neighbour {
  objects: { collection: string; label: string }[];
  /** Those it cannot do without, and those that cannot do without it. */
  needs: Neighbour[];
  needed_by: Neighbour[];
  /** Who turned the switch last; null when nobody ever did. */
  last: { at: string; by: Ref | null; reason: string } | null;
}

export const modules = {
  list: async () => (await call<{ rows: Module[] }>("GET", "/modules")).rows,
  turn: async (name: string, enabled: boolean, reason: string) =>
    (await call<{ rows: Module[] }>("POST", `/modules/${name}`, { body: { enabled, reason } })).rows,
};
