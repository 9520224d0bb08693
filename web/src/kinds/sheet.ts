/** Moving about in a sheet, and taking in a block of cells copied from a spreadsheet. */
import type { Field, Line, Ref } from "../client/types";
import { dayText } from "./dates";
import { shifted, written } from "./numbers";
import { asText, isBlank } from "./values";

/** What the server will work out from a line, as far as the line says it already; the last part that was typed stays as it is. */
export function reckoned(parts: Field[], line: Line, typed?: string): Line {
  return parts
    .filter(({ product_of: of }) => of?.length)
    .reduce((known, part) => ({ ...known, ...product(parts, part, known, typed) }), line);
}

/** A price that one may type follows list price and 折, and 折 follows a price that was typed. */
function product(parts: Field[], part: Field, line: Line, typed?: string): Line {
  const names = part.product_of ?? [];
  const factors = names.map((name) => line[name]);
  if (part.readonly || typed !== part.name) {
    if (factors.some(isBlank)) return part.readonly ? { [part.name]: undefined } : {};
    return { [part.name]: times(factors.map(asText), part.decimals ?? 2) };
  }
  const share = parts.find(({ name, readonly }) => name === names[1] && !readonly);
  const value =
    share && !isBlank(line[part.name]) ? over(asText(line[part.name]), asText(factors[0]), share.decimals ?? 4) : undefined;
  return share && value !== undefined ? { [share.name]: value } : {};
}

/** Divided in whole units, cut off behind the last place: a discount is never flattered. */
export function over(amount: string, base: string, places: number): string | undefined {
  if (![amount, base].every((number) => /^\d+(\.\d+)?$/.test(number))) return undefined;
  const [above, below] = [units(amount), units(base)];
  return below === 0n ? undefined : fixed((above * 10n ** BigInt(places)) / below, places);
}

const SMALLEST = 10;
const units = (number: string) => {
  const [whole = "", rest = ""] = number.split(".");
  return BigInt(whole + rest.padEnd(SMALLEST, "0").slice(0, SMALLEST));
};

/** Multiplied in whole units of the smallest place, so that no cent is lost; halves go up, as the server has it. */
export function times(factors: string[], places: number): string | undefined {
  if (!factors.every((factor) => /^-?\d+(\.\d+)?$/.test(factor))) return undefined;
  const scale = factors.reduce((all, factor) => all + (factor.split(".")[1]?.length ?? 0), 0);
  const units = factors.reduce((all, factor) => all * BigInt(factor.replace(".", "")), 1n);
  if (scale <= places) return fixed(units * 10n ** BigInt(places - scale), places);
  const unit = 10n ** BigInt(scale - places);
  const [whole, rest] = [units / unit, (units % unit) * 2n];
  const size = rest < 0n ? -rest : rest;
  return fixed(size >= unit ? whole + (units < 0n ? -1n : 1n) : whole, places);
}

function fixed(units: bigint, places: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, "0");
  const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
  return units < 0n ? `-${text}` : text;
}

/** Rows and columns of a copied block; a single cell is no block and is pasted as words. */
export function block(text: string): string[][] | null {
  const rows = text
    .replace(/\r\n?/g, "\n")
    .replace(/\n+$/, "")
    .split("\n")
    .map((row) => row.split("\t").map((cell) => cell.trim()));
  return rows.length > 1 || (rows[0]?.length ?? 0) > 1 ? rows : null;
}

/** As the server reads it in a file: 9折, 90% and 0.9 are nine tenths, 85折 is 0.85; a bare 9 could be anything. */
function readRatio(text: string): string | undefined {
  const [, zhe] = /^打?(10|[1-9]\d?(?:\.\d+)?)折$/.exec(text) ?? [];
  if (zhe !== undefined) return shifted(zhe, zhe !== "10" && (zhe.split(".")[0]?.length ?? 0) > 1 ? -2 : -1);
  const [, percent] = /^(\d+(?:\.\d+)?)%$/.exec(text) ?? [];
  if (percent !== undefined) return shifted(percent, -2);
  if (text === "不打折") return "1";
  return /^(0(\.\d+)?|1(\.0+)?)$/.test(text) ? text : undefined;
}

const NUMBERS = new Set(["integer", "decimal", "money"]);

/** A pasted cell as a value of its kind; undefined where it cannot be one. References are found by the caller. */
export function readCell(part: Field, text: string): unknown {
  if (text === "") return null;
  if (NUMBERS.has(part.kind)) {
    const plain = written(text);
    return /^-?\d+(\.\d+)?$/.test(plain) ? plain : undefined;
  }
  if (part.kind === "ratio") return readRatio(text.replace(/\s/g, ""));
  if (part.kind === "date") return dayText(text.replace(/[年月/.]/g, "-").replace(/日$/, "")) || undefined;
  if (part.kind === "boolean") return /^(是|√|1|y|yes|true)$/i.test(text);
  if (part.options) return part.options.find(({ label, value }) => label === text || value === text)?.value;
  return text;
}

/** Where a block lands: from one cell down and to the right, over the parts a person may fill. */
export function landing(parts: Field[], rows: string[][], at: { row: number; column: number }) {
  const open = parts
    .map((part, column) => ({ part, column }))
    .filter(({ part, column }) => !part.readonly && column >= at.column);
  return rows.flatMap((cells, row) =>
    cells.flatMap((text, index) => {
      const place = open[index];
      return place ? [{ row: at.row + row, part: place.part, text }] : [];
    }),
  );
}

export const REFERENCES = new Set(["ref", "person"]);

/** The lines after the block has landed; what could not be read is named. */
export function landed(
  lines: Line[],
  cells: ReturnType<typeof landing>,
  fresh: () => Line,
  refs: Map<string, Ref>,
): { lines: Line[]; unread: string[] } {
  const next = lines.map((line) => ({ ...line }));
  const unread: string[] = [];
  for (const { row, part, text } of cells) {
    while (next.length <= row) next.push(fresh());
    const line = next[row];
    const value = REFERENCES.has(part.kind) ? (text === "" ? null : refs.get(`${part.to ?? ""}:${text}`)) : readCell(part, text);
    if (value === undefined) unread.push(text);
    else if (line) line[part.name] = value;
  }
  return { lines: next, unread };
}

type Way = "ArrowUp" | "ArrowDown" | "ArrowLeft" | "ArrowRight" | "Enter";
const WAYS = new Set<string>(["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Enter"]);

/** The cell the key leads to, or null where the key belongs to the control itself. */
export function goal(event: {
  key: string;
  target: EventTarget;
  ctrlKey: boolean;
  metaKey: boolean;
}): { row: number; column: number } | null {
  const input = event.target;
  if (!(input instanceof HTMLInputElement) || event.ctrlKey || event.metaKey || !WAYS.has(event.key)) return null;
  if (input.getAttribute("aria-expanded") === "true") return null;
  const cell = input.closest("td");
  const row = cell?.closest("tr");
  if (!cell || !row) return null;
  const way = event.key as Way;
  if ((way === "ArrowLeft" || way === "ArrowRight") && !atEdge(input, way)) return null;
  const by = { ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[way];
  return { row: row.sectionRowIndex + (by[0] ?? 0), column: cell.cellIndex + (by[1] ?? 0) };
}

function atEdge(input: HTMLInputElement, way: "ArrowLeft" | "ArrowRight"): boolean {
  const { selectionStart: start, selectionEnd: end, value } = input;
  if (start === 0 && end === value.length) return true;
  return way === "ArrowLeft" ? start === 0 && end === 0 : start === value.length;
}
