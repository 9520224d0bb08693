import { Button } from "antd";
import { useState } from "react";
import type { InputProps } from "./kind";
import { TextInput } from "./text";
import { asText, isBlank } from "./values";

/** A value of which only part is shown is left alone or typed anew, never mended. */
export function MaskedInput(props: InputProps) {
  const [kept] = useState(props.value);
  if (isBlank(kept) || props.value !== kept) return <TextInput {...props} />;
  return (
    <span className="masked">
      <span className="figure">{asText(kept)}</span>
      <Button id={props.id} size="small" disabled={props.disabled} onClick={() => props.onChange("")}>
        重新填写
      </Button>
    </span>
  );
}
