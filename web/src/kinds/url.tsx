import { checkUrl } from "./checks";
import type { CellProps, Kind } from "./kind";
import { text } from "./text";
import { asText } from "./values";

/** Only web addresses become links: a stored “javascript:” must stay text. */
function Cell({ value }: CellProps) {
  const address = asText(value);
  if (!/^https?:\/\//i.test(address)) return address;
  return (
    <a
      className="clip"
      title={address}
      href={address}
      target="_blank"
      rel="noreferrer noopener"
      onClick={(event) => event.stopPropagation()}
    >
      {address.replace(/^https?:\/\//i, "").replace(/\/$/, "")}
    </a>
  );
}

export const url: Kind = { ...text, Cell, check: checkUrl, width: 200 };
