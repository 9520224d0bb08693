/** What others do: changes, notifications, comments; and the views people keep. */
import { call } from "./http";
import { records } from "./api";
import type { Fields, Id, Page, Row } from "./types";

export interface Changes {
  last: number;
  changed: Record<string, number[]>;
  everything: boolean;
  unread: number;
  /** Approvals that wait for oneself. */ waiting: number;
  /** Of roles, people and fields: another one, and there is more or less to see. */ revision: number;
}
export interface Told {
  id: number;
  text: string;
  collection: string;
  record: number | null;
  at: string;
  read: boolean;
}
export interface Comment {
  id: number;
  at: string;
  author: { id: number; label: string };
  text: string;
  mentions: number[];
}
export interface Talk {
  rows: Comment[];
  following: boolean;
}
export interface View extends Row {
  name: string;
  query: string;
  share: string;
  is_default: boolean;
}

export const changes = (after: number | undefined) => call<Changes>("GET", "/changes", { query: { after } });

export const notifications = {
  list: () => call<Page<Told>>("GET", "/notifications"),
  /** Seen with one's own eyes, it is no news. */
  seen: (collection: string, record: Id) =>
    call<undefined>("POST", "/notifications/read", { body: { about: [collection, record] } }),
  read: (ids: number[] | "all") => call<undefined>("POST", "/notifications/read", { body: { ids } }),
};

export const talk = {
  get: (collection: string, id: Id) => call<Talk>("GET", `/${collection}/${id}/comments`),
  say: (collection: string, id: Id, text: string, mentions: Id[], key: string) =>
    call<Comment>("POST", `/${collection}/${id}/comments`, { body: { text, mentions }, headers: { "Idempotency-Key": key } }),
  follow: (collection: string, id: Id, wanted: boolean) =>
    call<undefined>(wanted ? "POST" : "DELETE", `/${collection}/${id}/follow`),
};

const VIEWS = "saved-views";

export const views = {
  of: async (collection: string) => {
    const filter = { field: "collection", op: "eq" as const, value: collection };
    const page = await records.list(VIEWS, {
      filter,
      limit: 100,
      order: "position",
      fields: ["name", "query", "share", "is_default", "owner"],
    });
    return page.rows as View[];
  },
  keep: (body: Fields, key: string) => records.create(VIEWS, body, key),
  change: (view: View, body: Fields) => records.change(VIEWS, view.id, Number(view.version), body),
  remove: (view: View) => records.remove(VIEWS, view.id),
};

/** One's own calendar, read by a secret address. */
export const calendarFeed = {
  get: () => call<{ since: string | null }>("GET", "/calendar-feed"),
  give: () => call<{ address: string; since: string }>("POST", "/calendar-feed"),
  takeBack: () => call<undefined>("DELETE", "/calendar-feed"),
};
