import { Button, Input } from "antd";
import type { TextAreaRef } from "antd/es/input/TextArea";
import { useRef } from "react";
import { fieldsOf } from "../../app/meta";
import type { Description } from "../../client/types";
import { kept, spoken } from "./wording";

interface Props {
  object: Description;
  value: string;
  onChange: (value: string) => void;
}

/** What is told, with buttons for what is taken from the record. */
export function Wording({ object, value, onChange }: Props) {
  const area = useRef<TextAreaRef>(null);
  const shown = spoken(value, object.fields);
  const fields = fieldsOf(object, object.columns).slice(0, 6);
  const insert = (label: string) => {
    const at = area.current?.resizableTextArea?.textArea.selectionStart ?? shown.length;
    onChange(kept(`${shown.slice(0, at)}{${label}}${shown.slice(at)}`, object.fields));
  };
  return (
    <div className="rule-text">
      <Input.TextArea
        ref={area}
        aria-label="通知的内容"
        autoSize={{ minRows: 2 }}
        maxLength={1000}
        value={shown}
        placeholder={`例如：{${fields[0]?.label ?? ""}} 已到期，请尽快联系`}
        onChange={({ target }) => onChange(kept(target.value, object.fields))}
      />
      <p className="rule-insert">
        <small className="muted">插入记录的内容：</small>
        {fields.map(({ name, label }) => (
          <Button key={name} size="small" onClick={() => insert(label)}>
            {label}
          </Button>
        ))}
      </p>
    </div>
  );
}
