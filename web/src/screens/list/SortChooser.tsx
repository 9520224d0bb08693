import { Button, Segmented } from "antd";
import { ownFirst } from "../../app/meta";
import { Select } from "../../kit/heavy";
import { ArrowUpIcon, DeleteIcon } from "../../kit/icons";
import { readOrder, writeOrder, type Sort } from "./order";
import type { ShapeProps } from "./shapes";

const WAYS = [
  { value: "up", label: "升序" },
  { value: "down", label: "降序" },
];

/** By what the list is ordered, and by what within that. */
export function SortChooser({ object, state, change }: ShapeProps) {
  const sorts = readOrder(state.order);
  const set = (next: Sort[]) => change({ order: writeOrder(next) || object.order });
  const fields = ownFirst(object).filter(({ sortable }) => sortable !== false);
  const free = (own?: string) =>
    fields
      .filter(({ name }) => name === own || !sorts.some((sort) => sort.field === name))
      .map(({ name, label }) => ({ value: name, label }));
  return (
    <>
      <ol className="sorts" aria-label="排序">
        {sorts.map((sort, index) => (
          <Level
            key={sort.field}
            index={index}
            sort={sort}
            options={free(sort.field)}
            onChange={(next) => set(sorts.with(index, next))}
            onForward={index === 0 ? undefined : () => set(sorts.toSpliced(index, 1).toSpliced(index - 1, 0, sort))}
            onRemove={sorts.length === 1 ? undefined : () => set(sorts.toSpliced(index, 1))}
          />
        ))}
      </ol>
      <Select
        className="grow"
        aria-label="加一级排序"
        placeholder="加一级排序"
        value={null}
        options={free()}
        showSearch={{ optionFilterProp: "label" }}
        onChange={(field: unknown) => set([...sorts, { field: String(field), down: false }])}
      />
      {state.order !== object.order && (
        <Button size="small" type="link" onClick={() => change({ order: object.order })}>
          恢复默认排序
        </Button>
      )}
    </>
  );
}

interface LevelProps {
  index: number;
  sort: Sort;
  options: { value: string; label: string }[];
  onChange: (sort: Sort) => void;
  /** Nothing for the first. */
  onForward: (() => void) | undefined;
  /** Nothing for the only one. */
  onRemove: (() => void) | undefined;
}

function Level({ index, sort, options, onChange, onForward, onRemove }: LevelProps) {
  return (
    <li>
      <small className="muted">{index === 0 ? "先按" : "再按"}</small>
      <Select
        className="grow"
        aria-label={`第 ${index + 1} 级排序`}
        options={options}
        value={sort.field}
        showSearch={{ optionFilterProp: "label" }}
        onChange={(field: unknown) => onChange({ ...sort, field: String(field) })}
      />
      <Segmented
        size="small"
        options={WAYS}
        value={sort.down ? "down" : "up"}
        aria-label={`第 ${index + 1} 级的方向`}
        onChange={(way) => onChange({ ...sort, down: way === "down" })}
      />
      <Button size="small" type="text" icon={<ArrowUpIcon />} aria-label="提前" disabled={!onForward} onClick={onForward} />
      <Button size="small" type="text" icon={<DeleteIcon />} aria-label="去掉这一级" disabled={!onRemove} onClick={onRemove} />
    </li>
  );
}
