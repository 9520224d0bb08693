/** Taking back what has been done, and saying that something is done with the way back. */
import { useCallback } from "react";
import { undoing, type Undone } from "../client/undo";
import type { Id } from "../client/types";
import { toast } from "../kit/toast";
import { useRefresh } from "./refresh";

/** Takes one deed back, and says how much of it. */
export function useTakeBack() {
  const refresh = useRefresh();
  return useCallback(
    async (changeset: Id) => {
      try {
        const done = await undoing.undo(changeset);
        if ("kind" in done) toast.ok("正在后台撤销", { to: `/jobs/${done.id}`, text: "查看进度" });
        else if (done.kept.length > 0)
          toast.error(`已撤销 ${done.done} 条，${done.kept.length} 条保持原样：${keptText(done.kept)}`);
        else toast.ok(`已撤销 ${done.done} 条`);
        await refresh();
      } catch (cause) {
        toast.error(cause);
      }
    },
    [refresh],
  );
}

const NAMED = 3;

/** Who stays as it is, a few by name, and why. */
function keptText(kept: Undone["kept"]): string {
  const names = kept
    .slice(0, NAMED)
    .map(({ label, reason }) => `“${label}”${reason}`)
    .join("；");
  return kept.length > NAMED ? `${names}……` : names;
}

export function useUndo() {
  const takeBack = useTakeBack();
  return useCallback(
    (text: string, changeset: Id | undefined) => {
      if (changeset === undefined) toast.ok(text);
      else toast.undoable(text, () => void takeBack(changeset));
    },
    [takeBack],
  );
}
