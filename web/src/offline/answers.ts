/** What was read lately, for the time without a network: a bounded number of answers, of one person, each with its hour. */
import { useSyncExternalStore } from "react";
import { holder, onForget } from "./holder";
import { store } from "./store";

interface Answer extends Record<string, unknown> {
  key: string;
  person: string;
  at: number;
  answer: unknown;
}

const MOST = 200;
const PRUNE_EVERY = 20;
/** Somebody whose account was closed meanwhile must not read on for ever. */
const LASTS = 3 * 24 * 3600_000;
const NEVER = /^\/api\/v1\/(changes|notifications|jobs|imports|import-mappings|files|search|openapi|sessions|tokens|session\/)/;
const ALWAYS = /^\/api\/v1\/(session|meta|divisions)$/;

let written = 0;
let old: ReadonlyMap<string, number> = new Map();
const watchers = new Set<() => void>();

const keyOf = (person: string, address: string) => `${person} ${address}`;
export const isKept = (address: string): boolean => !NEVER.test(address);

/** Keeps an answer that was asked for by this person; what arrives after she has left is dropped. */
export async function keepAnswer(person: string | null, address: string, answer: unknown): Promise<void> {
  setOld(address, undefined);
  if (person === null || person !== holder() || !isKept(address)) return;
  const row: Answer = { key: keyOf(person, address), person, at: Date.now(), answer };
  await store.put("answers", row).catch(() => undefined);
  written += 1;
  if (written % PRUNE_EVERY === 0) await prune();
}

async function prune(): Promise<void> {
  const rows = (await store.all("answers")) as Answer[];
  const loose = rows
    .filter(({ key }) => !ALWAYS.test(key.slice(key.indexOf(" ") + 1)))
    .toSorted((one, other) => other.at - one.at);
  for (const { key } of loose.slice(MOST)) await store.remove("answers", key);
}

/** The server has taken it back: deleted, or no longer for this person's eyes. */
export async function dropAnswer(person: string | null, address: string): Promise<void> {
  if (person !== null) await store.remove("answers", keyOf(person, address)).catch(() => undefined);
}

/** The kept answer, remembered as old so that the screen can say from when it is. */
export async function oldAnswer(address: string): Promise<{ answer: unknown } | undefined> {
  const found = (await answerAt(address)) ?? (await partOfPage(address));
  if (found) setOld(address, found.at);
  return found;
}

async function answerAt(address: string): Promise<Answer | undefined> {
  const person = holder();
  if (person === null || !isKept(address)) return undefined;
  const found = (await store.get("answers", keyOf(person, address)).catch(() => undefined)) as Answer | undefined;
  return found && found.person === holder() && Date.now() - found.at < LASTS ? found : undefined;
}

/** A record that was only ever read as a page can be asked for alone, too. */
async function partOfPage(address: string): Promise<Answer | undefined> {
  if (!/\/\d+$/.test(address)) return undefined;
  const page = await answerAt(`${address}/page`);
  return page && { ...page, answer: (page.answer as { record: unknown }).record };
}

function setOld(address: string, at: number | undefined): void {
  if (old.get(address) === at) return;
  const next = new Map(old);
  if (at === undefined) next.delete(address);
  else next.set(address, at);
  old = next;
  for (const watcher of watchers) watcher();
}

onForget(() => {
  old = new Map();
});

const subscribe = (watcher: () => void) => {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
};

/** From when the oldest part of what this screen shows is, if any of it is kept. */
export function useOldest(pathname: string): number | undefined {
  const all = useSyncExternalStore(subscribe, () => old);
  const here = `/api/v1${pathname}`;
  const times = [...all].filter(([address]) => pathname === "/" || address.startsWith(here)).map(([, at]) => at);
  return times.length > 0 ? Math.min(...times) : undefined;
}
