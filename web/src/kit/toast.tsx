/** Short words at the edge of the screen: what has just been done, or why not. */
import { useSyncExternalStore, type ReactNode } from "react";
import { Link } from "react-router";
import { CloseIcon } from "./frameIcons";

interface Toast {
  key: number;
  /** Milliseconds it stands, unless somebody is at it. */ lasts: number;
  tone: "ok" | "error";
  text: string;
  link?: { to: string; text: string };
  undo?: () => void;
}

let shown: Toast[] = [];
let next = 0;
const watchers = new Set<() => void>();

function set(toasts: Toast[]): void {
  shown = toasts;
  for (const watcher of watchers) watcher();
}

const timers = new Map<number, ReturnType<typeof setTimeout>>();
const hold = (key: number) => clearTimeout(timers.get(key));
const release = ({ key, lasts }: Toast) => {
  hold(key);
  timers.set(
    key,
    setTimeout(() => dismiss(key), lasts),
  );
};

function dismiss(key: number): void {
  hold(key);
  timers.delete(key);
  set(shown.filter((toast) => toast.key !== key));
}

/** What only says that it is done is soon read; the way back is looked for after the result was looked at. */
const SOON = 4000,
  READ = 8000,
  WAY_BACK = 12_000;

function show(said: Omit<Toast, "key" | "lasts">): void {
  const toast = { ...said, key: next++, lasts: said.undo ? WAY_BACK : said.tone === "ok" && !said.link ? SOON : READ };
  set([...shown.slice(-2), toast]);
  release(toast);
}

export const toast = {
  ok: (text: string, link?: Toast["link"]) => show({ tone: "ok", text, ...(link && { link }) }),
  error: (cause: unknown) =>
    show(
      isHeld(cause)
        ? { tone: "ok", text: cause.message, link: { to: `/approvals/${cause.body.approval.id}`, text: "查看" } }
        : { tone: "error", text: cause instanceof Error ? cause.message : String(cause) },
    ),
  /** Done, with the way back. */
  undoable: (text: string, undo: () => void) => show({ tone: "ok", text, undo }),
};

interface Held extends Error {
  body: { approval: { id: number } };
}

/** Not done, but on its way: somebody must agree first. */
export const isHeld = (cause: unknown): cause is Held => cause instanceof Error && "code" in cause && cause.code === "held";

const subscribe = (watcher: () => void) => {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
};

export function Toasts(): ReactNode {
  const toasts = useSyncExternalStore(subscribe, () => shown);
  return (
    <div className="toasts" role="status" aria-live="polite">
      {toasts.map((toast) => (
        <Shown key={toast.key} toast={toast} />
      ))}
    </div>
  );
}

function Shown({ toast }: { toast: Toast }): ReactNode {
  const { key, tone, text, link, undo } = toast;
  const [stay, go] = [() => hold(key), () => release(toast)];
  return (
    <div className={`toast toast-${tone}`} onPointerEnter={stay} onPointerLeave={go} onFocus={stay} onBlur={go}>
      <span>{text}</span>
      {link && (
        <Link to={link.to} onClick={() => dismiss(key)}>
          {link.text}
        </Link>
      )}
      {undo && (
        <button
          type="button"
          className="plain toast-undo"
          onClick={() => {
            dismiss(key);
            undo();
          }}
        >
          撤销
        </button>
      )}
      <button type="button" className="plain" aria-label="关闭提示" onClick={() => dismiss(key)}>
        <CloseIcon />
      </button>
    </div>
  );
}
