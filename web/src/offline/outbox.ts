/** 发件箱: what was written without a network, sent exactly once when it is back. The key under which the server takes it is made when it is written. */
import { useSyncExternalStore } from "react";
import { records, session } from "../client/api";
import { Failure } from "../client/http";
import type { Fields, Id, Reasons, RecordRow } from "../client/types";
import { dropFiles, withFilesSent } from "./files";
import { holder, onForget } from "./holder";
import { onReturn } from "./network";
import { store } from "./store";

export interface Refusal {
  code: string;
  message: string;
  reasons: Reasons;
  fields: Fields;
  current: RecordRow | null;
}

export interface Letter extends Record<string, unknown> {
  /** Also its Idempotency-Key, for as long as it exists: however often it is sent, it is written down once. */
  id: string;
  person: string;
  at: number;
  collection: string;
  /** The record to change and the version seen; null for a new one. */
  record: Id | null;
  version: number | null;
  title: string;
  body: Fields;
  /** As the form held it, to be mended there. */
  values: Fields;
  allow: boolean;
  refusal: Refusal | null;
}

type Written = Pick<Letter, "id" | "collection" | "record" | "version" | "title" | "body" | "values" | "allow">;

const AGAIN = 30_000;

let letters: readonly Letter[] = [];
let sending: Promise<number> | null = null;
const watchers = new Set<() => void>();

function show(next: readonly Letter[]): void {
  letters = next;
  for (const watcher of watchers) watcher();
}

onForget(() => show([]));

const subscribe = (watcher: () => void) => {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
};
export const waitingLetters = (): readonly Letter[] => letters;
export const useOutbox = (): readonly Letter[] => useSyncExternalStore(subscribe, waitingLetters);

export async function openOutbox(): Promise<void> {
  const rows = (await store.all("outbox").catch(() => [])) as Letter[];
  show(rows.filter(({ person }) => person === holder()).toSorted((one, other) => one.at - other.at));
}

/** Keeps it; the promise is fulfilled when it stands on the disk. */
export async function keepLetter(written: Written): Promise<void> {
  const person = holder();
  if (person === null) throw new Failure(0, "offline", "连不上服务器，请检查网络后再试一次");
  const at = letters.find(({ id }) => id === written.id)?.at ?? Date.now();
  await put({ ...written, person, at, refusal: null });
}

async function put(letter: Letter): Promise<void> {
  await store.put("outbox", letter);
  const others = letters.filter(({ id }) => id !== letter.id);
  show([...others, letter].toSorted((one, other) => one.at - other.at));
}

export async function dropLetter(id: string): Promise<void> {
  const letter = letters.find((one) => one.id === id);
  await store.remove("outbox", id);
  if (letter) await dropFiles(letter.values);
  show(letters.filter((one) => one.id !== id));
}

/** Tries what was refused once more, as it is. */
export async function retryLetter(letter: Letter, allow = letter.allow): Promise<number> {
  await put({ ...letter, allow, refusal: null });
  return sendLetters();
}

/** Sends what waits, the oldest first, from one tab at a time; answers how many arrived. */
export function sendLetters(): Promise<number> {
  sending ??= alone(sendAll).finally(() => {
    sending = null;
  });
  return sending;
}

const alone = (act: () => Promise<number>): Promise<number> =>
  "locks" in navigator ? navigator.locks.request("zhike-outbox", act) : act();

async function sendAll(): Promise<number> {
  await openOutbox();
  const waiting = letters.filter(({ refusal }) => refusal === null);
  if (waiting.length === 0 || !(await isHolderSignedIn())) return 0;
  let arrived = 0;
  for (const letter of waiting) {
    const outcome = await send(letter);
    if (outcome === "later") break;
    if (outcome === "arrived") arrived += 1;
  }
  return arrived;
}

/** The browser may meanwhile be signed in as somebody else; what one person wrote never goes out in another's name. */
async function isHolderSignedIn(): Promise<boolean> {
  const me = await session.current().catch(() => null);
  return me !== null && String(me.id) === holder();
}

async function send(letter: Letter): Promise<"arrived" | "refused" | "later"> {
  try {
    await deliver(letter).catch(awaitingApproval);
    await dropLetter(letter.id);
    return "arrived";
  } catch (cause) {
    if (isPassing(cause)) return "later";
    await put({ ...letter, refusal: refusalOf(cause) });
    return "refused";
  }
}

/** What somebody must agree to first has arrived all the same: it waits with the server now. */
function awaitingApproval(cause: unknown): void {
  if (!(cause instanceof Failure && cause.code === "held")) throw cause;
}

async function deliver(letter: Letter): Promise<void> {
  const { collection, record, id } = letter;
  const body = await withFilesSent(letter.body);
  // The next attempt must send the very same, or the key would not recognise it.
  if (JSON.stringify(body) !== JSON.stringify(letter.body)) await put({ ...letter, body });
  const allow = letter.allow ? ("allow" as const) : undefined;
  if (record === null) await records.create(collection, body, id, allow);
  else await records.change(collection, record, letter.version ?? 0, body, allow, id);
}

/** No network, signed out, too many at once, a fault of the server: not the letter's. */
const isPassing = (cause: unknown) =>
  cause instanceof Failure && ([0, 401, 429].includes(cause.status) || cause.status >= 500 || cause.code === "csrf");

function refusalOf(cause: unknown): Refusal {
  if (!(cause instanceof Failure))
    return {
      code: "unknown",
      message: cause instanceof Error ? cause.message : String(cause),
      reasons: {},
      fields: {},
      current: null,
    };
  const { code, message, reasons, fields, body } = cause;
  return { code, message, reasons: code === "stale" ? {} : reasons, fields, current: (body.current ?? null) as RecordRow | null };
}

/** Sends at once, when the network returns, when somebody looks again, and every now and then; `told` hears how many arrived. */
export function keepSending(told: (arrived: number) => void): () => void {
  const go = () =>
    void sendLetters().then((arrived) => {
      if (arrived > 0) told(arrived);
    });
  const seen = () => {
    if (document.visibilityState === "visible") go();
  };
  const timer = setInterval(() => {
    if (letters.some(({ refusal }) => refusal === null)) seen();
  }, AGAIN);
  const stop = onReturn(go);
  addEventListener("online", go);
  document.addEventListener("visibilitychange", seen);
  go();
  return () => {
    clearInterval(timer);
    stop();
    removeEventListener("online", go);
    document.removeEventListener("visibilitychange", seen);
  };
}
