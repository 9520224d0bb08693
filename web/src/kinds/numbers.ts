/** Numbers as people read them. Decimals stay text, so that no cent is lost on the way. */
import { inEnglish } from "../kit/words";
import { asText } from "./values";

/** "1234567.50" → "1,234,567.50" */
export function grouped(value: unknown): string {
  const [whole = "", fraction] = asText(value).split(".");
  const digits = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  return fraction === undefined ? digits : `${digits}.${fraction}`;
}

/** "12000000" → "1,200万", in English "12M", for places where only the size matters. */
export function short(value: unknown): string {
  const number = Number(value);
  if (value === null || value === undefined || Number.isNaN(number)) return "–";
  const size = Math.abs(number);
  if (inEnglish && size >= 1e5) return number.toLocaleString("en", { notation: "compact", maximumFractionDigits: 2 });
  if (size >= 1e8) return `${trimmed(number / 1e8)}亿`;
  return size >= 1e5 ? `${trimmed(number / 1e4)}万` : trimmed(number);
}

const trimmed = (number: number) => number.toLocaleString("zh-CN", { maximumFractionDigits: 2 });

/** 0.6315 → "63.15%" */
export function percent(part: number, whole: number): string {
  return whole === 0 ? "–" : `${((part / whole) * 100).toLocaleString("zh-CN", { maximumFractionDigits: 2 })}%`;
}

/** A price at 0.45 of the list is sold at 4.5折; English counts in hundredths, 45%. */
const PLACES = inEnglish ? 2 : 1;

/** "0.4500" → "4.5" */
export function tenths(ratio: unknown): string {
  return plain(shift(asText(ratio), PLACES));
}

/** "4.5" → "0.45" */
export function ofTenths(text: unknown): string | null {
  const given = asText(text);
  return given === "" || Number.isNaN(Number(given)) ? null : plain(shift(given, -PLACES));
}

const UNITS: Record<string, number> = { "": 0, 万: 4, 亿: 8, 万亿: 12 };

/** A number as people write it, in digits: "￥1.2万" → "12000", "１００ 元" → "100". What it does not know stays as it was typed. */
export function written(typed: unknown): string {
  const text = asText(typed)
    .normalize("NFKC")
    .replace(/[,，\s¥元]/g, "");
  const [, number, unit = ""] = /^(-?\d+(?:\.\d*)?)(万亿|[万亿]?)$/.exec(text) ?? [];
  return number && unit ? plain(shift(number, UNITS[unit] ?? 0)) : text;
}

/** A share of the list price as it is written, in what stands before 折: "45折", "45%" and "4.5折" → "4.5". */
export function writtenTenths(typed: unknown): string {
  const [, number = "", unit = ""] = /^(\d+(?:\.\d*)?)([折%]?)$/.exec(written(typed)) ?? [];
  const hundredths = unit === "%" || (unit === "折" && /^\d\d$/.test(number) && number !== "10");
  if (!unit) return written(typed);
  return hundredths ? plain(shift(number, PLACES - 2)) : plain(shift(number, PLACES - 1));
}

/** Moved by so many places: "85" by −2 is "0.85". */
export const shifted = (text: string, places: number): string => plain(shift(text, places));

/** Moves the decimal point on the text itself: 0.57 × 10 must not become 5.699999. */
function shift(text: string, places: number): string {
  const negative = text.startsWith("-");
  const [whole = "", fraction = ""] = text.replace("-", "").split(".");
  const digits = places > 0 ? whole + fraction.padEnd(places, "0") : whole.padStart(1 - places, "0") + fraction;
  const point = places > 0 ? whole.length + places : Math.max(whole.length, 1 - places) + places;
  const moved = `${digits.slice(0, point) || "0"}.${digits.slice(point)}`;
  return (negative ? "-" : "") + moved;
}

/** Drops zeros that say nothing: "04.500" → "4.5" */
export function plain(text: string): string {
  const negative = text.startsWith("-") ? "-" : "";
  const [whole = "0", fraction = ""] = text.replace("-", "").split(".");
  const kept = fraction.replace(/0+$/, "");
  return negative + (whole.replace(/^0+(?=\d)/, "") || "0") + (kept ? `.${kept}` : "");
}

/** The sum of decimal texts, counted in whole units of the smallest place. */
export function sum(values: unknown[], places: number): string {
  const scale = 10 ** places;
  const units = values.reduce<number>((all, value) => all + Math.round((Number(value) || 0) * scale), 0);
  return (units / scale).toFixed(places);
}

/** A sum of money, "10005534.00" → "¥10,005,534"; cents only where there are any. */
export function yuan(value: unknown): string {
  const cents = Number(value).toFixed(2);
  return `¥${grouped(cents.endsWith(".00") ? cents.slice(0, -3) : cents)}`;
}

/** Between whole figures, such as counts, an axis has nothing to say. */
export const leastStep = (points: { value: number | null }[]): number =>
  points.every(({ value }) => Number.isInteger(value ?? 0)) ? 1 : 0;
