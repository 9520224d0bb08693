import { checkPhone } from "./checks";
import type { CellProps, Kind } from "./kind";
import { text } from "./text";
import { asText } from "./values";

/** 13800138000 → 138 0013 8000 */
function spaced(value: unknown): string {
  const number = asText(value);
  return /^1\d{10}$/.test(number) ? `${number.slice(0, 3)} ${number.slice(3, 7)} ${number.slice(7)}` : number;
}

function Cell({ value }: CellProps) {
  const number = asText(value);
  if (!number || number.includes("*")) return number;
  return (
    <a href={`tel:${number}`} className="figure" onClick={(event) => event.stopPropagation()}>
      {spaced(number)}
    </a>
  );
}

export const phone: Kind = { ...text, Cell, text: spaced, check: checkPhone, width: 130 };
