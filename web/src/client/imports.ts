/** 导入: a table taken in step by step, its columns and values laid to fields, and what became of it. */
import type { Id, LeftRecord, Reasons, Ref } from "./types";

export interface ColumnMapping {
  field: string;
  by?: string;
  unknown?: "refuse" | "create" | "empty";
  also?: string[];
}
export interface Mapping {
  columns: Record<string, ColumnMapping>;
  values: Record<string, Record<string, string>>;
  defaults: Record<string, unknown>;
  dates: "ymd" | "mdy" | "dmy";
  match: string[];
}
export interface UnknownValue {
  value: string;
  count: number;
  suggestion: Ref | null;
}
export interface ImportResult {
  created: number;
  updated: number;
  skipped: number;
  refused: number;
  reasons: { field: string; reason: string; count: number; rows: number[] }[];
  undone: { removed: number; restored: number; kept: number; records: LeftRecord[] } | null;
  refused_file: { id: Id; name: string } | null;
}
export interface Import {
  id: Id;
  collection: string;
  filename: string;
  encoding: string | null;
  delimiter: string | null;
  sheet: string | null;
  sheets: string[];
  columns: { index: number; header: string; samples: string[] }[];
  mapping: Mapping;
  on_duplicate: "skip" | "update" | "create";
  preview: { row: number; values: Record<string, string>; errors: Reasons }[];
  unknown: Record<string, UnknownValue[]>;
  state: ImportState;
  created_at: string;
  job: Id | null;
  result: ImportResult | null;
  undo: { possible: boolean; until: string | null } | null;
}
export type ImportState = "draft" | "checked" | "running" | "done" | "undone" | "failed";
export type ImportSummary = Omit<Import, "columns" | "preview" | "unknown">;
export type ImportChange = Partial<Pick<Import, "mapping" | "on_duplicate" | "sheet">>;
export interface SavedMapping {
  id: Id;
  name: string;
  collection: string;
  mapping: Mapping;
}
