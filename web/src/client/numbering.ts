/** Numbering patterns: how new records are numbered. */
import { call } from "./http";

export interface Numbering {
  /** customers.number */
  field: string;
  object: string;
  label: string;
  declared: string;
  pattern: string;
  /** The running number that comes next, and the whole number as it would be. */
  next: number;
  sample: string;
}

export const numbering = {
  list: async () => (await call<{ rows: Numbering[] }>("GET", "/numbering")).rows,
  change: (field: string, pattern: string | null) => call<unknown>("POST", `/numbering/${field}`, { body: { pattern } }),
};
