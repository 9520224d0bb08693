import { Select } from "../kit/heavy";
import type { FilterProps } from "./kind";
import { asText, asTexts } from "./values";

const SEVERAL = new Set(["in", "not_in", "has_any", "has_all", "has_none"]);

/** One option, or several. */
export function ChoiceFilter({ field, op, value, onChange }: FilterProps) {
  const several = SEVERAL.has(op);
  return (
    <Select
      className="grow"
      mode={several ? "multiple" : undefined}
      aria-label={`${field.label}的值`}
      placeholder="选择"
      options={field.options?.map(({ value, label }) => ({ value, label }))}
      showSearch={{ optionFilterProp: "label" }}
      value={several ? asTexts(value) : asText(value) || null}
      onChange={onChange}
    />
  );
}

export function TagsFilter({ field, value, onChange }: FilterProps) {
  return (
    <Select
      className="grow"
      mode="tags"
      open={false}
      suffix={null}
      aria-label={`${field.label}的值`}
      placeholder="输入后回车，可多个"
      value={asTexts(value)}
      onChange={onChange}
    />
  );
}

const YES_NO = [
  { value: "yes", label: "是" },
  { value: "no", label: "否" },
];

export function YesNoFilter({ field, value, onChange }: FilterProps) {
  return (
    <Select
      className="grow"
      aria-label={`${field.label}的值`}
      placeholder="选择"
      options={YES_NO}
      value={typeof value === "boolean" ? (value ? "yes" : "no") : null}
      onChange={(next: unknown) => onChange(next === "yes")}
    />
  );
}
