/** The list somebody looked at last, for the way back and for previous and next; a page read anew still knows it. */
import type { Id } from "../../client/types";
import { isObject } from "../../kinds/values";
import { onForget } from "../../offline/holder";

interface Last {
  address: string;
  ids: Id[];
}

/** So many rows are remembered: nobody steps through more one by one. */
const MOST = 2000;
const PREFIX = "zhike:list:";
const keyOf = (collection: string) => PREFIX + collection;
onForget(() => {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
});

export function rememberList(collection: string, address: string, ids: Id[]): void {
  try {
    sessionStorage.setItem(keyOf(collection), JSON.stringify({ address, ids: ids.slice(0, MOST) }));
  } catch {
    // Without storage there is no way back but the browser's own.
  }
}

export function lastList(collection: string): Last {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(keyOf(collection)) ?? "null");
    if (isObject(kept) && typeof kept.address === "string" && Array.isArray(kept.ids))
      return { address: kept.address, ids: kept.ids as Id[] };
  } catch {
    // As good as nothing.
  }
  return { address: `/${collection}`, ids: [] };
}
