/** What a pattern makes of a day and a running number; the server writes them alike. */
const PLACE = /\{(yyyy|yy|mm|dd|seq(?::(\d*))?)\}/g;
const two = (part: number) => String(part).padStart(2, "0");

/** The number as it would be written; null when the pattern cannot number. */
export function written(pattern: string, value: number, day: Date = new Date()): string | null {
  const counted = [...pattern.matchAll(/\{seq(?::(\d*))?\}/g)];
  const digits = Number(counted[0]?.[1] ?? 1) || 0;
  if (counted.length !== 1 || (digits < 1 && counted[0]?.[1] !== "") || digits > 12 || /[{}]/.test(pattern.replace(PLACE, "")))
    return null;
  const parts: Record<string, string> = {
    yyyy: String(day.getFullYear()),
    yy: String(day.getFullYear()).slice(2),
    mm: two(day.getMonth() + 1),
    dd: two(day.getDate()),
  };
  return pattern.replace(PLACE, (_, name: string) => parts[name] ?? String(value).padStart(digits || 1, "0"));
}

/** The pieces somebody may put in, with what they stand for. */
export const PIECES = [
  { text: "{yyyy}", says: "年" },
  { text: "{yy}", says: "年的后两位" },
  { text: "{mm}", says: "月" },
  { text: "{dd}", says: "日" },
  { text: "{seq:5}", says: "流水号，至少 5 位" },
] as const;
