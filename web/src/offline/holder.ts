/** Whose device this is at the moment: everything kept here belongs to one person, and nobody else is shown it. */
import { readStored, writeStored } from "../app/stored";
import { store } from "./store";

const PREFIX = "zhike:";
const LASTING = new Set(["looks", "wished-language", "person", "leaving"].map((key) => PREFIX + key));
const FORGETTING = new Set<() => void>();

let person = read();

function read(): string | null {
  const kept = readStored("person");
  return typeof kept === "string" ? kept : null;
}

export const holder = (): string | null => person;

/** What else has to forget, in the memory of the page. */
export const onForget = (then: () => void) => void FORGETTING.add(then);

/** Somebody has signed in. What another one has read is removed first; what she wrote and could not send waits for her alone. */
export async function belongTo(id: string | number): Promise<void> {
  const next = String(id);
  if (person === next) return;
  person = null;
  await forgetRead();
  person = next;
  writeStored("person", next);
}

async function forgetRead(): Promise<void> {
  for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX) && !LASTING.has(key)) localStorage.removeItem(key);
  for (const forget of FORGETTING) forget();
  await store.clear("answers").catch(() => undefined);
}

/** Signing out: nothing of this person stays, what she had not sent included. */
export async function forgetHolder(): Promise<void> {
  const leaving = person;
  person = null;
  writeStored("person", undefined);
  await forgetRead();
  for (const table of ["outbox", "files"] as const) {
    for (const row of await store.all(table)) if (row.person === leaving) await store.remove(table, String(row.id));
  }
}

/** Another tab has signed in somebody else: this one begins anew instead of mixing two people. */
export function followOtherTabs(): () => void {
  const listen = ({ key }: StorageEvent) => {
    if (key === `${PREFIX}person` && read() !== person) location.assign("/");
  };
  addEventListener("storage", listen);
  return () => removeEventListener("storage", listen);
}
