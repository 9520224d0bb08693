import type { ReactNode } from "react";

/** Nothing here, and what to do about it. */
export function Empty({ title, hint, children }: { title: string; hint?: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <svg width="56" height="40" viewBox="0 0 56 40" aria-hidden="true">
        <rect x="6" y="6" width="44" height="28" rx="4" fill="none" stroke="currentColor" strokeWidth="1.5" />
        <path d="M12 14h14M12 20h24M12 26h18" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
      </svg>
      <strong>{title}</strong>
      {hint && <p>{hint}</p>}
      {children && <div className="empty-actions">{children}</div>}
    </div>
  );
}
