import { Select, TextBox } from "../kit/heavy";
import type { FilterProps } from "./kind";
import { asText, asTexts } from "./values";

/** A word, or several for “是其中之一”. */
export function TextFilter({ op, field, value, onChange }: FilterProps) {
  if (op === "in" || op === "not_in") {
    return (
      <Select
        mode="tags"
        className="grow"
        aria-label={`${field.label}的值`}
        placeholder="输入后回车，可多个"
        tokenSeparators={[",", "，", "、"]}
        value={asTexts(value)}
        onChange={onChange}
        open={false}
        suffix={null}
      />
    );
  }
  return (
    <TextBox
      aria-label={`${field.label}的值`}
      value={asText(value)}
      allowClear
      placeholder="值"
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
