/** How one signs in, where one is signed in, and who else may in one's name. */
import { call } from "./http";
import type { Id } from "./types";

export interface Session { id: Id; device: string; address: string | null; started_at: string; used_at: string; current: boolean }

export const sessions = {
  mine: async () => (await call<{ rows: Session[] }>("GET", "/sessions")).rows,
  end: (id: Id) => call<undefined>("DELETE", `/sessions/${id}`),
  endOthers: () => call<unknown>("DELETE", "/sessions"),
  of: async (person: Id) => (await call<{ rows: Session[] }>("GET", `/people/${person}/sessions`)).rows,
  endOf: (person: Id) => call<unknown>("POST", `/people/${person}/end_sessions`, { body: {} }),
};
