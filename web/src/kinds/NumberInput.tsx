import { InputNumber } from "../kit/heavy";
import type { InputProps } from "./kind";
import { isBlank, asText } from "./values";

interface Props extends InputProps { places: number; prefix?: string; suffix?: string }

/** Any number, kept as text: no cent is lost between the keyboard and the server. */
export function NumberInput({ field, value, onChange, invalid, describedBy, places, ...rest }: Props) {
  return (
    <InputNumber
      {...rest} stringMode controls={false} className="grow" inputMode={places ? "decimal" : "numeric"}
      precision={places} status={invalid ? "error" : ""} value={isBlank(value) ? null : asText(value)}
      formatter={(shown) => asText(shown).replace(/\B(?<!\.\d*)(?=(\d{3})+(?!\d))/g, ",")}
      parser={(typed) => asText(typed).replace(/[,，\s¥￥]/g, "")}
      aria-label={field.label} aria-describedby={describedBy} aria-required={field.required}
      onChange={onChange}
    />
  );
}
