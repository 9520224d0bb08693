import { Button } from "antd";
import { useMemo } from "react";
import { useMeta } from "../../app/meta";
import type { Condition, Description, Op } from "../../client/types";
import { Narrowed } from "../../kinds";
import { groups } from "../../kit/groups";
import { Select } from "../../kit/heavy";
import { firstOp, opLabel, placeAt, places, takesValue } from "./filters";
import { DeleteIcon } from "../../kit/icons";

interface Props {
  object: Description;
  condition: Condition | null;
  onChange: (next: Condition) => void;
  onRemove?: () => void;
}

/** One condition: which field, how, and the value, with the editor of its kind. */
export function ConditionEditor({ object, condition, onChange, onRemove }: Props) {
  const meta = useMeta();
  const place = condition && placeAt(meta, object, condition.field);
  const choices = useFieldChoices(object);
  const begin = (path: string) => {
    const next = placeAt(meta, object, path);
    if (next) onChange({ field: path, op: firstOp(next.field) });
  };
  const turn = (op: Op) =>
    condition && onChange(keepsValue(condition.op, op) ? { ...condition, op } : { field: condition.field, op });
  return (
    <div className="condition">
      <Select
        className="condition-field"
        aria-label="栏目"
        placeholder="选择栏目"
        showSearch={{ optionFilterProp: "label" }}
        autoFocus={!condition}
        defaultOpen={!condition}
        options={choices}
        value={condition?.field ?? null}
        onChange={begin}
        popupMatchSelectWidth={240}
      />
      {condition && place && (
        <Select
          className="condition-op"
          aria-label="比较方式"
          value={condition.op}
          onChange={turn}
          popupMatchSelectWidth={false}
          options={(place.field.ops ?? []).map((op) => ({ value: op, label: opLabel(op, place.field) }))}
        />
      )}
      {condition && place && takesValue(condition.op) && (
        <Narrowed
          key={condition.op}
          field={place.field}
          op={condition.op}
          value={condition.value}
          onChange={(value) => onChange({ ...condition, value })}
        />
      )}
      {onRemove && <Button type="text" icon={<DeleteIcon />} aria-label="删除条件" onClick={onRemove} />}
    </div>
  );
}

const SHAPES: Partial<Record<Op, string>> = {
  in: "many",
  not_in: "many",
  has_any: "many",
  has_all: "many",
  has_none: "many",
  between: "two",
  during: "period",
  within: "one-within",
};
const keepsValue = (from: Op, to: Op) => (SHAPES[from] ?? "one") === (SHAPES[to] ?? "one");

function useFieldChoices(object: Description) {
  const meta = useMeta();
  return useMemo(
    () =>
      groups(places(meta, object), ({ group }) => group).map(([label, found]) => ({
        label,
        title: label,
        options: found.map(({ path, label: name }) => ({ value: path, label: name })),
      })),
    [meta, object],
  );
}
