import { Radio, Segmented } from "antd";
import { groupable, groupKey, isDate, PARTS } from "./grouping";
import type { ShapeProps } from "./shapes";

const PART_OPTIONS = Object.entries(PARTS).map(([value, label]) => ({ value, label }));

/** By what the rows are put together. */
export function GroupChooser({ object, state, change }: ShapeProps) {
  const [name = "", part = "month"] = state.group.split(":");
  const fields = groupable(object);
  const chosen = fields.find((field) => field.name === name);
  return (
    <>
      {chosen && isDate(chosen) && <Segmented block size="small" aria-label="日期怎样分组" options={PART_OPTIONS} value={part} onChange={(next) => change({ group: groupKey(chosen, next) })} />}
      <div className="display-scroll">
        <Radio.Group
          className="radios" aria-label="分组" value={name} options={[{ value: "", label: "不分组" }, ...fields.map((field) => ({ value: field.name, label: field.label }))]}
          onChange={(event) => { const field = fields.find((one) => one.name === event.target.value); change({ group: field ? groupKey(field) : "" }); }}
        />
      </div>
    </>
  );
}
