/** How one signs in, where one is signed in, and who else may in one's name. */
import { address, call } from "./http";
import type { Me } from "./meta";
import type { Id, Ref } from "./types";

export interface Session {
  id: Id;
  device: string;
  address: string | null;
  started_at: string;
  used_at: string;
  current: boolean;
}

/** What changed about how an account is opened; `by` is null where the system did it. */
export interface WayChange {
  id: Id;
  at: string;
  deed: string;
  about: string;
  by: Ref | null;
}

export const sessions = {
  mine: async () => (await call<{ rows: Session[] }>("GET", "/sessions")).rows,
  changes: async () => (await call<{ rows: WayChange[] }>("GET", "/session/changes")).rows,
  end: (id: Id) => call<undefined>("DELETE", `/sessions/${id}`),
  endOthers: () => call<unknown>("DELETE", "/sessions"),
  of: (person: Id) => call<{ rows: Session[]; tokens: Token[]; changes: WayChange[] }>("GET", `/people/${person}/sessions`),
  revokeOf: (person: Id) => call<unknown>("POST", `/people/${person}/revoke_tokens`, { body: {} }),
  endOf: (person: Id) => call<unknown>("POST", `/people/${person}/end_sessions`, { body: {} }),
};

export interface Token {
  id: Id;
  name: string;
  reads_only: boolean;
  collections: string[];
  created_at: string;
  expires_at: string | null;
  used_at: string | null;
  over: boolean;
}
export interface NewToken {
  name: string;
  reads_only: boolean;
  collections: string[];
  days: number;
}

export const tokens = {
  mine: () => call<{ rows: Token[]; most_days: number }>("GET", "/tokens"),
  make: async (body: NewToken, password?: string) =>
    (await call<{ token: string }>("POST", "/tokens", { body: { ...body, password } })).token,
  rotate: async (id: Id, password?: string) =>
    (await call<{ token: string }>("POST", `/tokens/${id}/rotate`, { body: { password } })).token,
  revoke: (id: Id) => call<undefined>("DELETE", `/tokens/${id}`),
};

/** What a browser sends and gets of a passkey, as JSON. */
export type CredentialJson = Record<string, unknown>;
export interface Passkey {
  id: Id;
  name: string;
  created_at: string;
  used_at: string | null;
}
export interface TwoStep {
  required: boolean;
  app: { since: string } | null;
  recovery_left: number;
  passkeys: Passkey[];
}
export interface AppSecret {
  secret: string;
  image: string;
}
export interface Identity {
  id: Id;
  label: string;
  linked_at: string;
  used_at: string | null;
}
export type Method = "code" | "recovery" | "passkey";

const codes = async (asked: Promise<{ recovery_codes: string[] }>) => (await asked).recovery_codes;

export const twoStep = {
  state: () => call<TwoStep>("GET", "/session/two-step"),
  beginApp: (password?: string) => call<AppSecret>("POST", "/session/app", { body: { password } }),
  confirmApp: (code: string) => codes(call("POST", "/session/app/confirm", { body: { code } })),
  dropApp: (password?: string) => call<undefined>("DELETE", "/session/app", { body: { password } }),
  renewCodes: (password?: string) => codes(call("POST", "/session/recovery-codes", { body: { password } })),
  passkeyWanted: (password?: string) => call<CredentialJson>("POST", "/session/passkeys/options", { body: { password } }),
  addPasskey: (name: string, credential: CredentialJson) =>
    codes(call("POST", "/session/passkeys", { body: { name, credential } })),
  dropPasskey: (id: Id, password?: string) => call<undefined>("DELETE", `/session/passkeys/${id}`, { body: { password } }),
};

export const identities = {
  mine: () => call<{ available: boolean; rows: Identity[]; problem: string }>("GET", "/session/identities"),
  link: (password?: string) => call<{ location: string }>("POST", "/session/identities", { body: { password } }),
  unlink: (id: Id, password?: string) => call<undefined>("DELETE", `/session/identities/${id}`, { body: { password } }),
};

export const entrance = {
  ways: () => call<{ single_sign_on: string | null; problem: string }>("GET", "/session/ways"),
  second: (given: { code: string } | { recovery: string }) => call<Me>("POST", "/session/second", { body: given }),
  passkeyWanted: () => call<CredentialJson>("POST", "/session/passkey/options", { body: {} }),
  passkey: (credential: CredentialJson) => call<Me>("POST", "/session/passkey", { body: { credential } }),
  singleSignOn: () => address("/session/single-sign-on", { next: location.pathname + location.search }),
};
