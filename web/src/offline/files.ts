/** Photos and recordings made without a network: kept here, uploaded when what they belong to is sent. */
import { files } from "../client/api";
import type { StoredFile } from "../client/types";
import { holder } from "./holder";
import { store } from "./store";

const LOCAL = "local:";
const NAMED = /^local:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const isLocal = (id: unknown): id is string => typeof id === "string" && NAMED.test(id);

export async function keepFile(file: File): Promise<StoredFile> {
  const id = LOCAL + crypto.randomUUID();
  await store.put("files", { id, person: holder(), file });
  return { id, name: file.name, size: file.size, type: file.type };
}

/** The same body with every kept file uploaded and named by its number. */
export async function withFilesSent<T>(body: T): Promise<T> {
  return (await sent(body)) as T;
}

async function sent(value: unknown): Promise<unknown> {
  if (isLocal(value)) return upload(value);
  if (Array.isArray(value)) return Promise.all(value.map(sent));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    await Promise.all(Object.entries(value).map(async ([key, part]) => [key, await sent(part)] as const)),
  );
}

async function upload(id: string): Promise<unknown> {
  const kept = await store.get("files", id);
  if (!(kept?.file instanceof File) || kept.person !== holder()) throw new Error("这台设备上已没有附件原件，请重新添加");
  return (await files.upload(kept.file)).id;
}

/** Once what they belong to has arrived, the originals here are no longer needed. */
export async function dropFiles(body: unknown): Promise<void> {
  for (const id of JSON.stringify(body).match(/local:[0-9a-f-]{36}/g) ?? []) await store.remove("files", id);
}
