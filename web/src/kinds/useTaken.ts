import { useLayoutEffect, useRef } from "react";
import { flushSync } from "react-dom";
import { records } from "../client/api";
import type { Field, Line } from "../client/types";
import { asRef } from "./values";

/** What a line takes over from the record just chosen in it, such as the standard price of a product. */
export function useTaken(parts: Field[], lines: Line[], put: (lines: Line[]) => void) {
  const now = useRef({ lines, put });
  useLayoutEffect(() => { now.current = { lines, put }; });
  return async (index: number, chosen: Field, value: unknown) => {
    const takers = parts.filter(({ taken_from: from }) => from?.startsWith(`${chosen.name}.`));
    const ref = asRef(value);
    if (takers.length === 0 || !ref || chosen.to === undefined) return;
    // A record one may not open leaves the field to the server.
    const record = await records.get(chosen.to, ref.id).catch(() => null);
    const { lines: current, put: keep } = now.current;
    if (!record || asRef(current[index]?.[chosen.name])?.id !== ref.id) return;
    const taken = Object.fromEntries(takers.map(({ name, taken_from: from = "" }) => [name, record[from.slice(chosen.name.length + 1)] ?? null]));
    // At once: whoever types on meanwhile must not put the line back as it was before.
    flushSync(() => keep(current.map((line, at) => (at === index ? { ...line, ...taken } : line))));
  };
}
