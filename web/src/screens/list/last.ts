/** The list somebody looked at last, for the way back and for previous and next. */
import type { Id } from "../../client/types";

interface Last { address: string; ids: Id[] }

const lists = new Map<string, Last>();

export const rememberList = (collection: string, address: string, ids: Id[]) => lists.set(collection, { address, ids });

export const lastList = (collection: string): Last => lists.get(collection) ?? { address: `/${collection}`, ids: [] };
