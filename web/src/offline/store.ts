/** What this browser keeps between visits, in IndexedDB. Where that is refused (private windows), it lasts as long as the page. */

const KEYS = { answers: "key", outbox: "id", files: "id" } as const;
export type Table = keyof typeof KEYS;
export type Kept = Record<string, unknown>;

interface Store {
  get: (table: Table, key: string) => Promise<Kept | undefined>;
  all: (table: Table) => Promise<Kept[]>;
  put: (table: Table, row: Kept) => Promise<void>;
  remove: (table: Table, key: string) => Promise<void>;
  clear: (table: Table) => Promise<void>;
}

const answered = <T>(request: IDBRequest<T>) =>
  new Promise<T>((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error ?? new Error("IndexedDB"));
  });

async function database(): Promise<IDBDatabase> {
  const request = indexedDB.open("zhike", 1);
  request.onupgradeneeded = () => {
    for (const [table, keyPath] of Object.entries(KEYS)) request.result.createObjectStore(table, { keyPath });
  };
  return answered(request);
}

function lasting(db: IDBDatabase): Store {
  const on = (table: Table, mode: IDBTransactionMode) => db.transaction(table, mode).objectStore(table);
  /** Written means written to the disk, not only asked for. */
  const write = (table: Table, act: (on: IDBObjectStore) => void) =>
    new Promise<void>((done, failed) => {
      const change = db.transaction(table, "readwrite");
      change.oncomplete = () => done();
      change.onerror = change.onabort = () => failed(change.error ?? new Error("IndexedDB"));
      act(change.objectStore(table));
    });
  return {
    get: (table, key) => answered(on(table, "readonly").get(key) as IDBRequest<Kept | undefined>),
    all: (table) => answered(on(table, "readonly").getAll() as IDBRequest<Kept[]>),
    put: (table, row) => write(table, (rows) => rows.put(row)),
    remove: (table, key) => write(table, (rows) => rows.delete(key)),
    clear: (table) => write(table, (rows) => rows.clear()),
  };
}

function fleeting(): Store {
  const tables: Record<Table, Map<string, Kept>> = { answers: new Map(), outbox: new Map(), files: new Map() };
  return {
    get: (table, key) => Promise.resolve(tables[table].get(key)),
    all: (table) => Promise.resolve([...tables[table].values()]),
    put: (table, row) => Promise.resolve(void tables[table].set(String(row[KEYS[table]]), row)),
    remove: (table, key) => Promise.resolve(void tables[table].delete(key)),
    clear: (table) => {
      tables[table].clear();
      return Promise.resolve();
    },
  };
}

let opened: Promise<Store> | undefined;

const opening = () => (opened ??= database().then(lasting).catch(fleeting));

export const store: Store = {
  get: async (table, key) => (await opening()).get(table, key),
  all: async (table) => (await opening()).all(table),
  put: async (table, row) => (await opening()).put(table, row),
  remove: async (table, key) => (await opening()).remove(table, key),
  clear: async (table) => (await opening()).clear(table),
};
