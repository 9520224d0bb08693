import { Button, Segmented } from "antd";
import type { Field } from "../../client/types";
import { Select } from "../../kit/heavy";
import { DeleteIcon } from "../../kit/icons";
import { DEEPEST, groupable, groupKey, groupName, isDate, PARTS } from "./grouping";
import type { ShapeProps } from "./shapes";

const PART_OPTIONS = Object.entries(PARTS).map(([value, label]) => ({ value, label }));

/** By what the rows are put together, and by what within that. */
export function GroupChooser({ object, state, change }: ShapeProps) {
  const fields = groupable(object);
  const taken = state.group.map(groupName);
  const set = (group: string[]) => change({ group });
  const free = (own?: string) =>
    fields.filter(({ name }) => name === own || !taken.includes(name)).map(({ name, label }) => ({ value: name, label }));
  const keyOf = (name: unknown) => {
    const field = fields.find((one) => one.name === name);
    return field ? groupKey(field) : "";
  };
  return (
    <>
      {state.group.length > 0 && (
        <ol className="sorts" aria-label="分组">
          {state.group.map((key, index) => (
            <Level
              key={key}
              index={index}
              field={fields.find(({ name }) => name === taken[index])}
              part={key.split(":")[1] ?? "month"}
              options={free(taken[index])}
              onField={(name) => set(state.group.with(index, keyOf(name)))}
              onPart={(field, part) => set(state.group.with(index, groupKey(field, part)))}
              onRemove={() => set(state.group.toSpliced(index, 1))}
            />
          ))}
        </ol>
      )}
      {state.group.length < DEEPEST && (
        <Select
          className="grow"
          aria-label="加一级分组"
          placeholder={state.group.length === 0 ? "选择分组的栏目" : "加一级分组"}
          value={null}
          options={free()}
          showSearch={{ optionFilterProp: "label" }}
          onChange={(name: unknown) => set([...state.group, keyOf(name)])}
        />
      )}
      <p className="muted">每组的头上有条数和各栏的小计。</p>
    </>
  );
}

interface LevelProps {
  index: number;
  field: Field | undefined;
  /** Of a date: by year, by month, by day. */
  part: string;
  options: { value: string; label: string }[];
  onField: (name: unknown) => void;
  onPart: (field: Field, part: string) => void;
  onRemove: () => void;
}

function Level({ index, field, part, options, onField, onPart, onRemove }: LevelProps) {
  return (
    <li className="group-level">
      <small className="muted">{index === 0 ? "首先" : "其次"}</small>
      <Select
        className="grow"
        aria-label={`第 ${index + 1} 级分组`}
        options={options}
        value={field?.name}
        showSearch={{ optionFilterProp: "label" }}
        onChange={onField}
      />
      <Button size="small" type="text" icon={<DeleteIcon />} aria-label="去掉这一级" onClick={onRemove} />
      {field && isDate(field) && (
        <Segmented
          block
          size="small"
          className="group-part"
          aria-label={`第 ${index + 1} 级的日期怎样分组`}
          options={PART_OPTIONS}
          value={part}
          onChange={(next) => onPart(field, next)}
        />
      )}
    </li>
  );
}
