/** The words that everything else is said in: how /meta describes an object and its fields, and what records of it look like. */

export type Id = string | number;
export interface Ref {
  id: Id;
  label: string;
}
export interface StoredFile {
  id: Id;
  name: string;
  size: number;
  type: string;
}
export interface Address {
  code: string;
  detail: string;
}
export type Line = { id?: Id } & Record<string, unknown>;
export type Fields = Record<string, unknown>;
/** The reason beside each field. */
export type Reasons = Record<string, string>;

export type KindName =
  | "text"
  | "longtext"
  | "integer"
  | "decimal"
  | "money"
  | "ratio"
  | "date"
  | "datetime"
  | "boolean"
  | "choice"
  | "choices"
  | "state"
  | "ref"
  | "refs"
  | "person"
  | "phone"
  | "email"
  | "url"
  | "address"
  | "file"
  | "tags"
  | "number"
  | "lines";

export type Op =
  | "contains"
  | "starts"
  | "eq"
  | "ne"
  | "in"
  | "not_in"
  | "lt"
  | "lte"
  | "gt"
  | "gte"
  | "between"
  | "during"
  | "has_any"
  | "has_all"
  | "has_none"
  | "within"
  | "empty"
  | "filled"
  | "shared";

export interface Option {
  value: string;
  label: string;
  color?: string;
  probability?: string;
  /** Where the way ends. */ end?: boolean;
  /** Read and asked for, but chosen no more. */ retired?: boolean;
  /** Values of the deciding field with which it may be chosen. */ when?: string[];
  /** Its name with each of them, where that differs. */ called?: Record<string, string>;
}

export interface Field {
  name: string;
  kind: KindName;
  label: string;
  help?: string;
  required?: boolean;
  expected?: boolean;
  readonly?: boolean;
  sortable?: boolean;
  searchable?: boolean;
  ops?: Op[];
  default?: unknown;
  max_length?: number | null;
  min?: string | number | null;
  max?: string | number | null;
  decimals?: number | null;
  /** What stands below a column of it, where that is not the sum: the average of what is per unit, nothing below a place in an order. */
  total?: "avg" | "none";
  /** Of a completeness: the fields that count. */
  counted?: string[];
  /** What a ratio of 0 means, where it is not given away for nothing. */
  zero?: string;
  options?: Option[];
  to?: string;
  multiple?: boolean;
  parts?: Field[];
  /** Shown in part, as text; its own kind, for when the whole value has been asked for. */
  masked?: KindName;
  importable?: boolean;
  /** Another field and the values with which this one is asked for; none named, any will do. */
  when?: Record<string, string[]>;
  /** The choice of the same record that decides which options may be chosen. */
  depends?: string;
  /** The fields whose product this one is. */
  product_of?: string[];
  /** A field behind a reference that fills this one when the reference is chosen. */
  taken_from?: string;
  /** In the form of an action: what opens something, typed without being seen. */
  secret?: boolean;
  /** The text that must be given together with another value of this field. */
  explained?: string;
}

export interface Action {
  name: string;
  label: string;
  state: string | null;
  sources: string[] | null;
  targets: string[];
  input: Field[] | null;
  bulk: boolean;
  danger: boolean;
  /** Never what is likely to come next. */
  rare?: boolean;
}

export interface Related {
  collection: string;
  field: string;
  label: string;
  along?: boolean;
}
export interface Section {
  label: string;
  fields: string[];
}

export interface Description {
  collection: string;
  label: string;
  menu: string;
  title: string;
  subtitle: string[];
  columns: string[];
  filters: string[];
  sections: Section[];
  order: string;
  board: string | null;
  fields: Field[];
  actions: Action[];
  may: Record<string, boolean | string>;
  related: Related[];
  duplicates: boolean;
  /** Several of them can be made one. */
  merge?: boolean;
  quick: string[];
  /** Out of sight by the layouts of one's roles, and what these ask for when: a condition for each field, none for always. */
  hidden?: string[];
  required_when?: Record<string, Filter | Record<string, never>>;
  /** References of which at least one must be filled. */
  one_of?: string[];
  /** The day or moment that places a record in a calendar. */
  calendar?: string | null;
  /** The action that a tick beside the record takes. */
  tick?: string | null;
  /** Whether a new one may be for a colleague. */
  assignable?: boolean;
  /** Whether single records can be opened to colleagues beyond their roles. */
  shareable?: boolean;
  /** Whether a record can be taken as a document. */
  prints?: boolean;
}

export interface Condition {
  field: string;
  op: Op;
  value?: unknown;
}
export type Filter = { and: Filter[] } | { or: Filter[] } | { not: Filter } | Condition;

export type Row = { id: Id } & Record<string, unknown>;
export interface RecordRow extends Row {
  version: number;
  actions?: Record<string, string | null>;
  may?: { change?: boolean; delete?: boolean; transfer?: boolean; export?: boolean };
  made?: { collection: string; id: Id; label: string }[];
  /** Told this one time: a first password, the key of a program. */
  password?: string;
  secret?: string;
  /** What a trial found; nothing was changed. */
  told?: Told;
}

/** A finding in words, with ways to the records it was found on. */
export interface Told {
  text: string;
  lines: { text: string; links: { collection: string; id: Id; label: string }[] }[];
}

/** What may be handed over together with a record. */
export interface Companion {
  key: string;
  label: string;
  count: number;
  /** Those who work on it beside the owner: they stay only where somebody asks for it. */ beside?: boolean;
}
export interface Total {
  count: number;
  exact: boolean;
}
export interface Page<T = Row> {
  rows: T[];
  next: string | null;
  total?: Total;
}
export interface Change {
  field: string;
  label: string;
  old: unknown;
  new: unknown;
}
export interface HistoryEntry {
  id: Id;
  at: string;
  actor: Ref | null;
  through: string;
  verb: string;
  label?: string;
  /** The field whose line or link it tells of. */ part?: string;
  changes: Change[];
}
export interface RecordPage {
  record: RecordRow;
  related: Record<string, Page>;
  history: Page<HistoryEntry>;
}

export interface Duplicate {
  id: Id | null;
  label: string;
  holder: string;
  reason: string;
  visible: boolean;
}
export interface Choice extends Ref {
  hint?: string;
}
/** A record that was left as it is, and why. */
export interface LeftRecord {
  collection?: string;
  id: Id;
  label?: string;
  reason: string;
}
export interface Outcome {
  count: number;
  done: number;
  /** So many were already as they should be. */ same: number;
  refused: LeftRecord[];
  /** What could go along, foreseen of handing over. */ along?: Companion[];
  /** By which it can be undone. */ changeset?: Id;
}

export type Division = [code: string, name: string, children?: Division[]];
