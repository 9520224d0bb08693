import { useEffect } from "react";
import { readStored, writeStored } from "../../app/stored";
import type { Fields } from "../../client/types";
import { isObject } from "../../kinds/values";

export interface Draft { version: number | null; values: Fields }

export function readDraft(key: string): Draft | null {
  const kept = readStored(key);
  if (!isObject(kept) || !isObject(kept.values)) return null;
  return { version: typeof kept.version === "number" ? kept.version : null, values: kept.values };
}

export const dropDraft = (key: string) => writeStored(key, undefined);

/** Keeps what was typed, so that a closed tab loses nothing. */
export function useDraft(key: string, draft: Draft, dirty: boolean): void {
  useEffect(() => {
    if (!dirty) return undefined;
    const timer = setTimeout(() => writeStored(key, draft), 300);
    return () => clearTimeout(timer);
  }, [key, draft, dirty]);
  useEffect(() => {
    if (!dirty) return undefined;
    const warn = (event: BeforeUnloadEvent) => { writeStored(key, draft); event.preventDefault(); };
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [key, draft, dirty]);
}
