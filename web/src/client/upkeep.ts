/** What administrators look after besides records: mail and saved import mappings. */
import { call } from "./http";
import type { Job } from "./jobs";
import type { Id, Ref } from "./types";

export interface MailState {
  configured: boolean;
  host: string;
  port: number;
  security: "none" | "starttls" | "tls";
  user: string;
  sender: string;
  my_address: string;
  last_sent: string | null;
  last_error: { at: string; label: string; error: string } | null;
}
export interface KeptMapping {
  id: Id;
  name: string;
  collection: string;
  mapping: { columns: Record<string, unknown> };
  /** Null for those that came with the product. */ owner: Ref | null;
}

export const upkeep = {
  mail: () => call<MailState>("GET", "/mail"),
  tryMail: () => call<Job>("POST", "/mail", { body: {} }),
  mappings: async () => (await call<{ rows: KeptMapping[] }>("GET", "/import-mappings")).rows,
  dropMapping: (id: Id) => call<undefined>("DELETE", `/import-mappings/${id}`),
};
