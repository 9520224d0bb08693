import { Button } from "antd";
import { useEffect, useRef, useState, type ReactNode } from "react";

interface Props {
  icon: ReactNode;
  label: string;
  title: string;
  count: number;
  children: (close: () => void) => ReactNode;
}

/** A button of the top bar and what opens below it. It stands beside its button in the page, so the keyboard goes from one into the other. */
export function Fly({ icon, label, title, count, children }: Props) {
  const [open, setOpen] = useState(false);
  const whole = useRef<HTMLDivElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const close = () => setOpen(false);
  useEffect(() => {
    if (!open) return undefined;
    panel.current?.focus();
    const outside = (event: Event) => {
      if (!whole.current?.contains(event.target as Node)) setOpen(false);
    };
    addEventListener("pointerdown", outside);
    addEventListener("focusin", outside);
    return () => {
      removeEventListener("pointerdown", outside);
      removeEventListener("focusin", outside);
    };
  }, [open]);
  const escape = () => {
    setOpen(false);
    whole.current?.querySelector("button")?.focus();
  };
  return (
    <div
      ref={whole}
      className="fly"
      onKeyDown={(event) => {
        if (event.key === "Escape" && open) {
          event.stopPropagation();
          escape();
        }
      }}
    >
      <Button
        type="text"
        icon={icon}
        aria-label={label}
        title={title}
        aria-expanded={open}
        aria-haspopup="dialog"
        onClick={() => setOpen(!open)}
      />
      {count > 0 && (
        <span className="fly-count figure" aria-hidden="true">
          {count > 99 ? "99+" : count}
        </span>
      )}
      {open && (
        <div ref={panel} className="fly-panel" role="dialog" aria-label={title} tabIndex={-1}>
          <h2>{title}</h2>
          {children(close)}
        </div>
      )}
    </div>
  );
}
