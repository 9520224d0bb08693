import { checkEmail } from "./checks";
import type { CellProps, Kind } from "./kind";
import { text } from "./text";
import { asText } from "./values";

function Cell({ value }: CellProps) {
  const address = asText(value);
  if (!address || address.includes("*")) return address;
  return (
    <a href={`mailto:${address}`} onClick={(event) => event.stopPropagation()}>
      {address}
    </a>
  );
}

export const email: Kind = { ...text, Cell, check: checkEmail, width: 180 };
