import { InputNumber } from "../kit/heavy";
import type { InputProps } from "./kind";
import { grouped, written } from "./numbers";
import { asText, isBlank } from "./values";

interface Props extends InputProps {
  places: number;
  cents?: boolean;
  prefix?: string;
  suffix?: string;
  read?: (typed: unknown) => string;
}

/** Any number, kept as text: no cent is lost between the keyboard and the server. */
export function NumberInput({ field, value, onChange, invalid, describedBy, places, cents, read = written, ...rest }: Props) {
  return (
    <InputNumber
      {...rest}
      stringMode
      controls={false}
      className="grow"
      inputMode={places ? "decimal" : "numeric"}
      precision={places}
      status={invalid ? "error" : ""}
      value={isBlank(value) ? null : asText(value)}
      formatter={(shown, { userTyping }) => grouped(cents && !userTyping ? padded(asText(shown), places) : shown)}
      parser={read}
      aria-label={field.label}
      aria-describedby={describedBy}
      aria-required={field.required}
      onChange={onChange}
    />
  );
}

/** 1234.5 → 1234.50: an amount has all of its cents or none. */
function padded(text: string, places: number): string {
  const [whole = "", fraction] = text.split(".");
  return fraction === undefined ? whole : `${whole}.${fraction.padEnd(places, "0")}`;
}
