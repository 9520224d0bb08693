/** What one person keeps for herself: how it looks, her desk, her favourites. */
import { records } from "./api";
import { call } from "./http";
import type { Card } from "./meta";
import type { Filter, Row } from "./types";

export interface Favourite {
  to: string;
  label: string;
}

export interface Preferences {
  theme: "light" | "dark" | "system";
  density: "comfortable" | "compact";
  language: "zh-CN" | "en";
  menu_folded: boolean;
  /** Names of cards in the order they stand; null for those one begins with. */
  home: string[] | null;
  favourites: Favourite[];
}

export interface HomeLine {
  label: string;
  collection: string;
  measure: string;
  filter: Filter | null;
  against: Filter | null;
}

export interface HomeCard extends Omit<Card, "type"> {
  type: Card["type"] | "list" | "figures" | "progress" | "approvals" | "deadlines" | "report";
  hint?: string;
  fields?: string[];
  due?: string | null;
  warn?: string | null;
  reached?: string | null;
  goal?: string | null;
  coming?: string | null;
  act?: string | null;
  lines?: HomeLine[];
  todo?: boolean;
  /** The report that was pinned, of a card of that type. */
  report?: number;
}

export interface Home {
  cards: HomeCard[];
  first: string[];
}

export const preferences = {
  get: () => call<Preferences>("GET", "/preferences"),
  change: (patch: Partial<Preferences>) => call<Preferences>("PATCH", "/preferences", { body: patch }),
};

export interface KeptView extends Row {
  name: string;
  collection: string;
  query: string;
}

/** Every view this person may open, whatever list it belongs to. */
export const allViews = async (): Promise<KeptView[]> => {
  const page = await records.list("saved-views", { limit: 100, fields: ["name", "collection", "query"] });
  return page.rows as KeptView[];
};
