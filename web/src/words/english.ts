/** What the client needs to speak English. */
import locale from "antd/es/locale/en_US";
import catalogue from "./en.json";

export { locale };

const words: Record<string, string> = catalogue;
export { words as catalogue };

const SLOT = /{(\d+)(s?~?|#[^|{}]*\|[^{}]*)}/;

/** The pieces of a sentence with its values in their places. */
export function filled<T>(sentence: string, values: T[]): (T | string)[] {
  return sentence.split(SLOT).map((part, at, all) => {
    if (at % 3 === 0) return part;
    return at % 3 === 1 ? shown(values[Number(part)], all[at + 1] ?? "") : "";
  });
}

function shown<T>(value: T | undefined, manner: string): T | string {
  if (value === undefined || manner === "") return value as T;
  if (manner.startsWith("#")) return (String(value) === "1" ? manner.slice(1).split("|")[0] : manner.split("|")[1]) ?? "";
  const text = manner.startsWith("s") ? plural(String(value)) : String(value);
  return manner.endsWith("~") ? lower(text) : text;
}

/** Abbreviations keep their capitals. */
const lower = (text: string) => text.replace(/\b[A-Z][a-z]+\b/g, (word) => word.toLowerCase());

const ALIKE = /(s|series|equipment|information|feedback|history|staff|[㐀-鿿])$/i;

export function plural(label: string): string {
  if (label === "" || ALIKE.test(label)) return /(ss|us)$/i.test(label) ? `${label}es` : label;
  if (label === "Person") return "People";
  if (/[^aeiou]y$/.test(label)) return `${label.slice(0, -1)}ies`;
  return /(x|z|ch|sh)$/.test(label) ? `${label}es` : `${label}s`;
}
