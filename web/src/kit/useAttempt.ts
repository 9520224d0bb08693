import { useCallback, useState } from "react";
import { toast } from "./toast";

/** Whether a deed is on its way, and a way to do one that says what went wrong; true when nothing did. */
export function useAttempt() {
  const [busy, setBusy] = useState(false);
  const attempt = useCallback(async (deed: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true);
    try {
      await deed();
      return true;
    } catch (cause) {
      toast.error(cause);
      return false;
    } finally {
      setBusy(false);
    }
  }, []);
  return { busy, attempt };
}
