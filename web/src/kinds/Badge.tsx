/** One value of a choice: a dot of its colour and its label. Never the colour alone. */
import type { Field, Option } from "../client/types";

const COLOURS = new Set(["blue", "green", "red", "orange", "gold", "cyan", "purple", "grey"]);
const ALSO: Record<string, string> = {
  gray: "grey",
  default: "grey",
  success: "green",
  error: "red",
  warning: "orange",
  processing: "blue",
  volcano: "orange",
  yellow: "gold",
  lime: "green",
  geekblue: "blue",
  magenta: "purple",
  pink: "purple",
  teal: "cyan",
};

export function optionOf(field: Field, value: unknown): Option | undefined {
  return field.options?.find((option) => option.value === value);
}

/** What may be chosen: nothing retired, but what stands there already. */
export const offered = ({ options = [] }: Field, now: string[]) =>
  options.filter(({ value, retired }) => !retired || now.includes(value)).map(({ value, label }) => ({ value, label }));

export const optionLabel = (field: Field, value: unknown) =>
  optionOf(field, value)?.label ?? (typeof value === "string" ? value : "");

export function colourOf(name: string | undefined): string {
  const colour = ALSO[name ?? ""] ?? name ?? "";
  return COLOURS.has(colour) ? colour : "";
}

export function Badge({ option, label }: { option?: Option; label: string }) {
  const colour = colourOf(option?.color);
  return (
    <span className={`badge ${colour && `badge-${colour}`}`}>
      <span>{label}</span>
    </span>
  );
}
