/** Figures line up: the whole part counts, the cents step back. */
import { grouped } from "./numbers";

export function Figure({ value, unit }: { value: unknown; unit?: string }) {
  const [whole = "", fraction] = grouped(value).split(".");
  if (!whole) return null;
  return (
    <span className="figure">
      {unit && <small>{unit}</small>}
      {whole}
      {fraction !== undefined && <small>.{fraction}</small>}
    </span>
  );
}
