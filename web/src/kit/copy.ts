import { toast } from "./toast";

/** Puts words where they can be pasted from; without a secure connection the browser only allows it the old way. */
export async function copy(text: string, said: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast.ok(said);
  } catch {
    toast.error(new Error(`请手动复制：${text}`));
  }
}
