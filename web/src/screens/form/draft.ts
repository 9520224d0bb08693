import { useCallback, useEffect, useRef } from "react";
import { readStored, writeStored } from "../../app/stored";
import type { Fields } from "../../client/types";
import { isObject } from "../../kinds/values";

export interface Draft {
  version: number | null;
  values: Fields;
}

export function readDraft(key: string): Draft | null {
  const kept = readStored(key);
  if (!isObject(kept) || !isObject(kept.values)) return null;
  return { version: typeof kept.version === "number" ? kept.version : null, values: kept.values };
}

export const dropDraft = (key: string) => writeStored(key, undefined);

/** Keeps what was typed, so that a closed tab loses nothing; the answer forgets it for good, once it is saved. */
export function useDraft(key: string, draft: Draft, dirty: boolean): () => void {
  const saved = useRef(false);
  const keep = useCallback(() => {
    if (!saved.current) writeStored(key, draft);
  }, [key, draft]);
  useEffect(() => {
    if (!dirty) return undefined;
    const timer = setTimeout(keep, 300);
    return () => clearTimeout(timer);
  }, [keep, dirty]);
  useEffect(() => {
    if (!dirty) return undefined;
    const warn = (event: BeforeUnloadEvent) => {
      keep();
      event.preventDefault();
    };
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [keep, dirty]);
  return useCallback(() => {
    saved.current = true;
    dropDraft(key);
  }, [key]);
}
