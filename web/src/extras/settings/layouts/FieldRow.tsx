import { useSortable } from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import { Button } from "antd";
import { useState } from "react";
import { fieldOf, useMeta } from "../../../app/meta";
import type { Description, Field, Filter } from "../../../client/types";
import { HolderIcon, MoreIcon } from "../../../kit/icons";
import Menu from "../../../kit/Menu";
import { Builder } from "../../../screens/list/Builder";
import { inWords } from "../../../screens/list/filters";
import { boxOf, demands, kept, moved, REST, stepped, type Table } from "./arrange";

interface Props {
  name: string;
  object: Description;
  table: Table;
  change: (next: Table) => void;
}

const UNASKED = new Set(["boolean", "lines", "refs", "state", "number"]);
const askable = (field: Field) => !field.readonly && !field.required && !UNASKED.has(field.kind);

/** A field as it is drawn about; whoever has no mouse finds every move in its menu. */
export function FieldRow({ name, object, table, change }: Props) {
  const [asking, setAsking] = useState(false);
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({ id: name });
  const field = fieldOf(object, name);
  if (!field) return null;
  const { label } = field;
  const when = table.required[name];
  return (
    <li
      ref={setNodeRef}
      className={isDragging ? "held" : ""}
      style={{ transform: CSS.Translate.toString(transform), transition }}
    >
      <button
        ref={setActivatorNodeRef}
        type="button"
        className="plain option-grip"
        {...attributes}
        {...listeners}
        aria-label={`移动“${label}”`}
        title="拖动"
      >
        <HolderIcon />
      </button>
      <span className="box-field">
        {label}
        {field.required && !field.readonly && (
          <i className="must" aria-hidden="true">
            *
          </i>
        )}
        {when && <Demand object={object} when={when} />}
      </span>
      <FieldMenu field={field} object={object} table={table} change={change} onAsk={() => setAsking(true)} />
      {asking && (
        <Builder
          object={object}
          title={`“${label}”什么时候必填`}
          filter={when && Object.keys(when).length > 0 ? (when as Filter) : null}
          onApply={(filter) => change(demands(table, name, filter))}
          onClose={() => setAsking(false)}
        />
      )}
    </li>
  );
}

function Demand({ object, when }: { object: Description; when: object }) {
  const meta = useMeta();
  return (
    <small className="box-demand">
      {Object.keys(when).length === 0 ? "必填" : `必填：${inWords(meta, object, when as Filter)}`}
    </small>
  );
}

function FieldMenu({
  field,
  object,
  table,
  change,
  onAsk,
}: {
  field: Field;
  object: Description;
  table: Table;
  change: Props["change"];
  onAsk: () => void;
}) {
  const { name, label } = field;
  const here = boxOf(table, name);
  const seen = here !== REST;
  const why = kept(object, name);
  const items = [
    ...(seen
      ? [
          { key: "up", label: "上移" },
          { key: "down", label: "下移" },
        ]
      : []),
    {
      key: "to",
      label: "移到",
      children: table.boxes.filter(({ key }) => key !== here).map((box) => ({ key: `to ${box.key}`, label: box.label })),
    },
    ...(seen ? [{ key: "hide", label: "不显示", disabled: why !== "", title: why }] : []),
    ...(seen && askable(field)
      ? [{ type: "divider" as const }, { key: "when", label: "什么时候必填…" }, { key: "always", label: "总是必填" }]
      : []),
    ...(table.required[name] ? [{ key: "free", label: "不再必填" }] : []),
  ];
  const deeds: Record<string, () => void> = {
    up: () => change(stepped(table, name, -1)),
    down: () => change(stepped(table, name, 1)),
    hide: () => change(moved(table, name, REST)),
    when: onAsk,
    always: () => change(demands(table, name, {})),
    free: () => change(demands(table, name, null)),
  };
  const take = ({ key }: { key: string }) => {
    if (key.startsWith("to ")) change(moved(table, name, key.slice(3)));
    else deeds[key]?.();
  };
  return (
    <Menu menu={{ items, onClick: take }}>
      <Button size="small" type="text" icon={<MoreIcon />} aria-label={`“${label}”的更多操作`} />
    </Menu>
  );
}
