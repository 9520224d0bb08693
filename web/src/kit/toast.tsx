/** Short words at the edge of the screen: what has just been done, or why not. */
import { useSyncExternalStore, type ReactNode } from "react";
import { Link } from "react-router";
import { CloseIcon } from "./icons";

interface Toast { key: number; tone: "ok" | "error"; text: string; link?: { to: string; text: string } }

let shown: Toast[] = [];
let next = 0;
const watchers = new Set<() => void>();

function set(toasts: Toast[]): void {
  shown = toasts;
  for (const watcher of watchers) watcher();
}

const dismiss = (key: number) => set(shown.filter((toast) => toast.key !== key));

function show(tone: Toast["tone"], text: string, link?: Toast["link"]): void {
  const key = next++;
  set([...shown.slice(-2), { key, tone, text, link }]);
  setTimeout(() => dismiss(key), tone === "ok" ? 4000 : 8000);
}

export const toast = {
  ok: (text: string, link?: Toast["link"]) => show("ok", text, link),
  error: (cause: unknown) => show("error", cause instanceof Error ? cause.message : String(cause)),
};

const subscribe = (watcher: () => void) => {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
};

export function Toasts(): ReactNode {
  const toasts = useSyncExternalStore(subscribe, () => shown);
  return (
    <div className="toasts" role="status" aria-live="polite">
      {toasts.map(({ key, tone, text, link }) => (
        <div key={key} className={`toast toast-${tone}`}>
          <span>{text}</span>
          {link && <Link to={link.to} onClick={() => dismiss(key)}>{link.text}</Link>}
          <button type="button" className="plain" aria-label="关闭提示" onClick={() => dismiss(key)}><CloseIcon /></button>
        </div>
      ))}
    </div>
  );
}
