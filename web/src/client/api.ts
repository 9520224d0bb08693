/** Every request the browser makes, by name. */
import { address, call } from "./http";
import type { Import, ImportChange, ImportSummary, Mapping, SavedMapping } from "./imports";
import type { Job } from "./jobs";
import type { Me, Meta } from "./meta";
import type { HitGroup } from "./search";
import type {
  Choice,
  Companion,
  Division,
  Duplicate,
  Fields,
  Filter,
  HistoryEntry,
  Id,
  Outcome,
  Page,
  RecordPage,
  RecordRow,
  StoredFile,
  Total,
} from "./types";

export interface ListAsk {
  filter?: Filter | null;
  order?: string;
  limit?: number;
  after?: string;
  fields?: string[];
  q?: string;
  /** Conditions each row is held against. */
  meets?: Filter[];
}

export interface AggregateAsk {
  group?: string[];
  measures: string[];
  filter?: Filter | null;
  order?: string;
  limit?: number;
  q?: string;
}

const json = (filter: Filter | null | undefined) => (filter ? JSON.stringify(filter) : undefined);
const one = (collection: string, id: Id) => `/${collection}/${id}`;

export const session = {
  current: () => call<Me>("GET", "/session"),
  open: (username: string, password: string) => call<Me>("POST", "/session", { body: { username, password } }),
  /** Whoever came in by the provider is told where to sign out there. */
  close: () => call<{ location: string } | undefined>("DELETE", "/session"),
  changePassword: (old: string, next: string) => call<undefined>("POST", "/session/password", { body: { old, new: next } }),
};

export const meta = () => call<Meta>("GET", "/meta");
export const divisions = () => call<Division[]>("GET", "/divisions");

export const records = {
  list: (collection: string, ask: ListAsk, signal?: AbortSignal) =>
    call<Page>("GET", `/${collection}`, {
      query: {
        ...ask,
        filter: json(ask.filter),
        fields: ask.fields && ["id", ...ask.fields].join(","),
        meets: ask.meets?.length ? JSON.stringify(ask.meets) : undefined,
      },
      ...(signal && { signal }),
    }),
  count: async (collection: string, ask: ListAsk, signal?: AbortSignal): Promise<Total> => {
    const query = { filter: json(ask.filter), q: ask.q, limit: 1, fields: "id", total: 1 };
    const page = await call<Page>("GET", `/${collection}`, { query, ...(signal && { signal }) });
    return page.total ?? { count: page.rows.length, exact: page.next === null };
  },
  get: (collection: string, id: Id) => call<RecordRow>("GET", one(collection, id)),
  document: (collection: string, id: Id, format: string) => address(`${one(collection, id)}/document`, { format }),
  page: (collection: string, id: Id) => call<RecordPage>("GET", `${one(collection, id)}/page`),
  history: (collection: string, id: Id, after?: string) =>
    call<Page<HistoryEntry>>("GET", `${one(collection, id)}/history`, { query: { after } }),
  changeBack: (collection: string, id: Id, version: number, entry: Id, fields?: string[]) =>
    call<RecordRow>("POST", `${one(collection, id)}/history/${entry}`, { body: { version, ...(fields && { fields }) } }),
  create: (collection: string, body: Fields, key: string, duplicates?: "allow") =>
    call<RecordRow>("POST", `/${collection}`, { body, headers: { "Idempotency-Key": key }, query: { duplicates } }),
  change: (collection: string, id: Id, version: number, body: Fields, duplicates?: "allow", key?: string) =>
    call<RecordRow>("PATCH", one(collection, id), {
      body: { version, ...body },
      query: { duplicates },
      ...(key && { headers: { "Idempotency-Key": key } }),
    }),
  reveal: async (collection: string, id: Id, field: string) =>
    (await call<{ value: unknown }>("POST", `${one(collection, id)}/reveal`, { body: { field } })).value,
  remove: (collection: string, id: Id) => call<{ changeset: Id } | undefined>("DELETE", one(collection, id)),
  act: (collection: string, id: Id, action: string, input: Fields) =>
    call<RecordRow>("POST", `${one(collection, id)}/${action}`, { body: input }),
  transfer: (collection: string, id: Id, owner: Id, along: string[] = []) =>
    call<RecordRow & { changeset?: Id }>("POST", `${one(collection, id)}/transfer`, {
      body: along.length > 0 ? { owner, along } : { owner },
    }),
  companions: (collection: string, id: Id) => call<{ rows: Companion[] }>("GET", `${one(collection, id)}/transfer`),
  bulk: (collection: string, body: Fields) => call<Outcome | Job>("POST", `/${collection}/bulk`, { body }),
  options: (collection: string, q: string, signal?: AbortSignal) =>
    call<Page<Choice>>("GET", `/${collection}/options`, { query: { q, limit: 20 }, ...(signal && { signal }) }),
  duplicates: (collection: string, body: Fields, signal?: AbortSignal) =>
    call<{ duplicates: Duplicate[] }>("POST", `/${collection}/duplicates`, { body, ...(signal && { signal }) }),
  aggregate: (collection: string, ask: AggregateAsk) =>
    call<{ rows: Fields[] }>("GET", `/${collection}/aggregate`, {
      query: { ...ask, filter: json(ask.filter), group: ask.group?.join(","), measures: ask.measures.join(",") },
    }),
  export: (collection: string, body: Fields) => call<Job>("POST", `/${collection}/export`, { body }),
};

export const search = (q: string, limit: number, signal?: AbortSignal) =>
  call<{ groups: HitGroup[] }>("GET", "/search", { query: { q, limit }, ...(signal && { signal }) });

export const jobs = {
  list: () => call<Page<Job>>("GET", "/jobs"),
  get: (id: Id) => call<Job>("GET", `/jobs/${id}`),
  cancel: (id: Id) => call<Job>("POST", `/jobs/${id}/cancel`),
};

export const files = {
  upload: (file: File) => call<StoredFile>("POST", "/files", { form: formOf({ file }) }),
  link: (id: Id) => address(`/files/${id}`),
};

export const imports = {
  open: (file: File, collection: string) => call<Import>("POST", "/imports", { form: formOf({ file, collection }) }),
  mine: () => call<Page<ImportSummary>>("GET", "/imports"),
  get: (id: Id) => call<Import>("GET", `/imports/${id}`),
  change: (id: Id, body: ImportChange) => call<Import>("PATCH", `/imports/${id}`, { body }),
  check: (id: Id) => call<Job>("POST", `/imports/${id}/check`),
  run: (id: Id) => call<Job>("POST", `/imports/${id}/run`),
  undo: (id: Id) => call<Job>("POST", `/imports/${id}/undo`),
  mappings: (collection: string) => call<Page<SavedMapping>>("GET", "/import-mappings", { query: { collection } }),
  keep: (name: string, collection: string, mapping: Mapping) =>
    call<SavedMapping>("POST", "/import-mappings", { body: { name, collection, mapping } }),
};

function formOf(parts: Record<string, File | string>): FormData {
  const form = new FormData();
  for (const [name, part] of Object.entries(parts)) form.append(name, part);
  return form;
}
