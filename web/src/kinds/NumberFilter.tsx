import { InputNumber } from "../kit/heavy";
import type { FilterProps } from "./kind";
import { ofTenths, tenths, written, writtenTenths } from "./numbers";
import { asList, asText, isBlank } from "./values";

interface Form {
  show: (value: unknown) => string;
  read: (text: string) => unknown;
  unit?: string;
  typed?: (typed: unknown) => string;
}

function numberFilter({ show, read, unit, typed = written }: Form) {
  const One = ({ label, value, onChange }: { label: string; value: unknown; onChange: (value: unknown) => void }) => (
    <InputNumber
      stringMode
      controls={false}
      className="grow"
      aria-label={label}
      placeholder={label}
      suffix={unit}
      parser={typed}
      value={isBlank(value) ? null : show(value)}
      onChange={(next) => onChange(next === null ? null : read(next))}
    />
  );
  return function NumberFilter({ op, field, value, onChange }: FilterProps) {
    if (op !== "between") return <One label={field.label} value={value} onChange={onChange} />;
    const [low, high] = asList(value);
    return (
      <span className="pair">
        <One label="从" value={low} onChange={(next) => onChange([next, high ?? null])} />
        <One label="到" value={high} onChange={(next) => onChange([low ?? null, next])} />
      </span>
    );
  };
}

export const IntegerFilter = numberFilter({ show: asText, read: (text) => Math.trunc(Number(text)) });
export const DecimalFilter = numberFilter({ show: asText, read: (text) => text });
export const RatioFilter = numberFilter({ show: tenths, read: ofTenths, unit: "折", typed: writtenTenths });
