import { useEffect } from "react";
import { useStable } from "./Grid";

interface Deeds {
  undo: () => Promise<void>;
  help: () => void;
  escape: () => void;
}

const TYPING = "input, textarea, select, [contenteditable], .ant-select, .ant-modal-root, dialog, .ant-picker-dropdown";

/** Keys that hold anywhere on a list, as long as nobody is typing. */
export function useListKeys(deeds: Deeds): void {
  const stable = useStable(deeds);
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || (event.target instanceof Element && event.target.closest(TYPING))) return;
      const control = event.ctrlKey || event.metaKey;
      if (control && event.key.toLowerCase() === "z" && !event.shiftKey) void stable.now.undo();
      else if (!control && event.key === "/") document.querySelector<HTMLInputElement>(".quick-filter input")?.focus();
      else if (!control && event.key === "?") stable.now.help();
      else if (event.key === "Escape") {
        stable.now.escape();
        return;
      } else return;
      event.preventDefault();
    };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, [stable]);
}
