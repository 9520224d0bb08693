import { useLayoutEffect, useRef } from "react";
import { flushSync } from "react-dom";
import { records } from "../client/api";
import type { Field, Line } from "../client/types";
import { asRef } from "./values";

const NOTHING: ReadonlySet<string> = new Set();

/** Of what was given the one the others are reckoned from: a price that was typed stays, and the discount follows it. */
export const typedOf = (parts: Field[], given: ReadonlySet<string>): string | undefined =>
  parts.find(({ name, readonly, product_of: of }) => !readonly && of?.length && given.has(name))?.name;

/** What a line takes over from the record just chosen in it, such as the standard price of a product; what was given along with it (`given`) stays. */
export function useTaken(parts: Field[], lines: Line[], put: (lines: Line[], typed?: string) => void) {
  const now = useRef({ lines, put });
  useLayoutEffect(() => {
    now.current = { lines, put };
  });
  return async (index: number, chosen: Field, value: unknown, given: ReadonlySet<string> = NOTHING) => {
    const takers = parts.filter(({ name, taken_from: from }) => from?.startsWith(`${chosen.name}.`) && !given.has(name));
    const ref = asRef(value);
    if (takers.length === 0 || !ref || chosen.to === undefined) return;
    // A record one may not open leaves the field to the server.
    const record = await records.get(chosen.to, ref.id).catch(() => null);
    const { lines: current, put: keep } = now.current;
    if (!record || asRef(current[index]?.[chosen.name])?.id !== ref.id) return;
    const taken = Object.fromEntries(
      takers.map(({ name, taken_from: from = "" }) => [name, record[from.slice(chosen.name.length + 1)] ?? null]),
    );
    // At once: whoever types on meanwhile must not put the line back as it was before.
    flushSync(() =>
      keep(
        current.map((line, at) => (at === index ? { ...line, ...taken } : line)),
        typedOf(parts, given),
      ),
    );
  };
}
