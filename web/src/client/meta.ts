/** What /meta tells at the start: who looks, the menus, the desk and the description of every object. */
import type { Home, Preferences } from "./desk";
import type { Definition } from "./reports";
import type { Description, Filter, Id, Ref } from "./types";

export interface Card {
  name: string;
  label: string;
  type: "number" | "ratio" | "funnel" | "bar" | "line";
  collection: string;
  filter?: Filter | null;
  of?: Filter | null;
  group?: string[];
  measure: string;
  order?: string | null;
  limit?: number | null;
  width?: number | null;
}

/** A declared card as a dashboard shows it: a report like any other. */
export interface PageCard {
  name: string;
  label: string;
  collection: string;
  width?: number | null;
  height?: number;
  definition?: Definition;
}

export interface Dashboard {
  name: string;
  label: string;
  cards: PageCard[];
}

export interface Me {
  id: Id;
  username: string;
  name: string;
  department: Ref | null;
  roles: string[];
  must_prove_twice?: boolean;
  must_change_password?: boolean;
  /** Who really sits there, when somebody acts for this person. */
  delegate?: Ref | null;
  preferences?: Preferences;
}

export interface Meta {
  /** Whether to ask why somebody may see a record, and who has. */
  insight?: { why: boolean; seen: boolean };
  /** Who looks, to be written across the screen and into pictures; empty where that is switched off. */
  watermark?: { screen: string; pictures: string };
  me: Me;
  menus: { label: string; collections: string[] }[];
  dashboards: Dashboard[];
  home: Home;
  objects: Record<string, Description>;
}
