/** Reports and dashboards as the server speaks of them. */
import { records } from "./api";
import { call } from "./http";
import type { Job } from "./jobs";
import type { Fields, Filter, Id, Row } from "./types";

export type Picture =
  "table" | "pivot" | "bar" | "stacked" | "line" | "area" | "pie" | "funnel" | "gauge" | "heat" | "map" | "number";
export type Show = "plain" | "ratio" | "share" | "cumulative" | "change" | "before";

export interface MeasureAsk {
  of: string;
  show?: Show;
  filter?: Filter | null;
  over?: string;
  over_filter?: Filter | null;
  against?: "previous" | "year";
  label?: string;
}
export interface Period {
  field: string;
  value: string | string[] | null;
}
export interface Definition {
  rows?: string[];
  columns?: string[];
  measures?: MeasureAsk[];
  filter?: Filter | null;
  period?: Period | null;
  picture?: Picture;
  order?: string;
  limit?: number | null;
  goal?: string | null;
}

export interface Key {
  value: unknown;
  label: string;
}
export interface Head {
  keys: Key[];
  filter: Filter | null;
}
export interface Axis {
  name: string;
  label: string;
  kind: string;
}
export interface Figure {
  label: string;
  show: Show;
  unit: string;
  filter: Filter | null;
  adds: boolean;
}
export type Values = (string | null)[];
export interface Shown {
  id?: number;
  name?: string;
  collection: string;
  label: string;
  picture: Picture;
  goal: string | null;
  row_fields: Axis[];
  column_fields: Axis[];
  measures: Figure[];
  filter: Filter | null;
  dated: boolean;
  rows: Head[];
  columns: Head[];
  cells: Values[][];
  row_totals: Values[];
  column_totals: Values[];
  total: Values;
  left_out: number;
}

export interface Common {
  period?: string | string[] | null;
  department?: Id | null;
}
export interface Report extends Row {
  version: number;
  name: string;
  collection: string;
  definition: string;
  picture: Picture;
  share: string;
  description: string;
  owner: { id: Id; label: string } | null;
}
export interface Place {
  id: string;
  report?: number;
  builtin?: string;
  x: number;
  y: number;
  w: number;
  h: number;
}
export interface Page extends Row {
  version: number;
  name: string;
  cards: string;
  share: string;
  description: string;
  owner: { id: Id; label: string } | null;
}

const FIELDS = ["name", "collection", "picture", "share", "description", "owner", "updated_at"];

export const reports = {
  all: async () => (await records.list("reports", { limit: 200, order: "name", fields: FIELDS })).rows as Report[],
  get: async (id: Id) => (await records.get("reports", id)) as unknown as Report,
  preview: (collection: string, definition: Definition, common: Common = {}) =>
    call<Shown>("POST", "/report-figures", { body: { collection, definition, ...common } }),
  result: (id: Id, common: Common = {}) => call<Shown>("POST", `/reports/${id}/result`, { body: common }),
  export: (body: Fields) => call<Job>("POST", "/report-figures/export", { body }),
  exportPage: (body: Fields) => call<Job>("POST", "/dashboard-figures/export", { body }),
  mail: (id: Id) => call<Job>("POST", `/reports/${id}/mail`),
};

export const pages = {
  all: async () =>
    (
      await records.list("dashboards", {
        limit: 200,
        order: "name",
        fields: ["name", "share", "description", "cards", "owner", "updated_at", "version"],
      })
    ).rows as Page[],
  get: async (id: Id) => (await records.get("dashboards", id)) as unknown as Page,
};

/** JSON that somebody else may have written. */
export function parsed<T>(text: string | null | undefined, otherwise: T): T {
  try {
    return text ? (JSON.parse(text) as T) : otherwise;
  } catch {
    return otherwise;
  }
}
