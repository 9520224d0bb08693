import { useRef, type ClipboardEvent, type KeyboardEvent } from "react";
import { flushSync } from "react-dom";
import { records } from "../client/api";
import type { Field, Line, Ref } from "../client/types";
import { toast } from "../kit/toast";
import { typedOf, type useTaken } from "./useTaken";
import { block, goal, landed, landing, REFERENCES } from "./sheet";

type Taken = ReturnType<typeof useTaken>;

/** The keyboard and the clipboard of a sheet: arrows go from cell to cell, Enter down, a copied block fills from here on. */
export function useSheet(
  parts: Field[],
  lines: Line[],
  fresh: () => Line,
  onChange: (lines: Line[], typed?: string) => void,
  taken: Taken,
) {
  const body = useRef<HTMLTableSectionElement>(null);
  const focus = (row: number, column: number) => {
    const input = body.current?.rows[row]?.cells[column]?.querySelector<HTMLInputElement>("input:not([type=checkbox]), input");
    input?.focus();
    if (input?.type === "text") input.select();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = goal(event);
    if (!to) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Enter" && to.row >= lines.length) {
      onChange([...lines, fresh()]);
      requestAnimationFrame(() => focus(lines.length, 0));
    } else focus(to.row, to.column);
  };
  const onPaste = (event: ClipboardEvent) => {
    const rows = block(event.clipboardData.getData("text/plain"));
    const cell = (event.target as HTMLElement).closest("td");
    const row = cell?.closest("tr");
    if (!rows || !cell || !row) return;
    event.preventDefault();
    void take(landing(parts, rows, { row: row.sectionRowIndex, column: cell.cellIndex }));
  };
  const take = async (cells: ReturnType<typeof landing>) => {
    try {
      const { lines: next, unread } = landed(lines, cells, fresh, await found(cells));
      const given = (of?: number) =>
        new Set(cells.filter(({ row, text }) => text !== "" && (of === undefined || row === of)).map(({ part }) => part.name));
      // At once: what the lines take over from the records found is added to these.
      flushSync(() => onChange(next, typedOf(parts, given())));
      for (const { row, part } of cells.filter(({ part }) => REFERENCES.has(part.kind)))
        void taken(row, part, next[row]?.[part.name], given(row));
      if (unread.length > 0) toast.error(`这些内容没有认出来，请手动选择：${[...new Set(unread)].slice(0, 5).join("、")}`);
    } catch (cause) {
      toast.error(cause);
    }
  };
  return { body, onKeyDown, onPaste };
}

const MOST_NAMES = 50;

/** The records meant by the names in a block; a name that fits none or is only part of one is left out. */
async function found(cells: ReturnType<typeof landing>): Promise<Map<string, Ref>> {
  const names = new Map(
    cells
      .filter(({ part, text }) => REFERENCES.has(part.kind) && text !== "")
      .map(({ part, text }) => [`${part.to ?? ""}:${text}`, { to: part.to ?? "", text }]),
  );
  const refs = await Promise.all(
    [...names].slice(0, MOST_NAMES).map(async ([key, { to, text }]) => {
      const { rows } = await records.options(to, text);
      const match = rows.find(({ label }) => label === text) ?? (rows.length === 1 ? rows[0] : undefined);
      return [key, match] as const;
    }),
  );
  return new Map(refs.filter((pair): pair is readonly [string, NonNullable<(typeof pair)[1]>] => pair[1] !== undefined));
}
