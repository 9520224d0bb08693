import { Button, Radio } from "antd";
import { useState } from "react";
import { fieldOf } from "../../app/meta";
import type { Description, Field, Fields } from "../../client/types";
import { kindOf, Shown } from "../../kinds";
import type { Conflict } from "./useSave";

interface Props {
  object: Description;
  conflict: Conflict;
  mine: Fields;
  onDecided: (decided: Fields) => void;
  onCancel: () => void;
}

/** Somebody saved in the meantime: both values side by side, and the person decides. */
export function Settle({ object, conflict, mine, onDecided, onCancel }: Props) {
  const fields = Object.keys(conflict.fields)
    .map((name) => fieldOf(object, name))
    .filter((field) => field !== undefined);
  const [keep, setKeep] = useState<Record<string, "mine" | "theirs">>({});
  const decide = () =>
    onDecided(
      Object.fromEntries(fields.map(({ name }) => [name, keep[name] === "theirs" ? conflict.current[name] : mine[name]])),
    );
  return (
    <div className="notice notice-warn settle" role="alertdialog" aria-label="他人已修改">
      <strong>在您编辑时，这条记录已被他人修改。请选择每一项保留谁的：</strong>
      {fields.map((field) => (
        <div key={field.name} className="settle-row">
          <span className="settle-label">{field.label}</span>
          <Radio.Group
            value={keep[field.name] ?? "mine"}
            onChange={({ target }) => setKeep({ ...keep, [field.name]: target.value as "mine" | "theirs" })}
          >
            <Radio value="mine">
              我的：
              <Value field={field} value={mine[field.name]} />
            </Radio>
            <Radio value="theirs">
              对方的：
              <Value field={field} value={conflict.current[field.name]} />
            </Radio>
          </Radio.Group>
        </div>
      ))}
      <div className="notice-actions">
        <Button type="primary" onClick={decide}>
          按所选保存
        </Button>
        <Button onClick={onCancel}>继续编辑</Button>
      </div>
    </div>
  );
}

function Value({ field, value }: { field: Field; value: unknown }) {
  return kindOf(field).text(value, field) ? <Shown field={field} value={value} /> : <em className="muted">（空）</em>;
}
