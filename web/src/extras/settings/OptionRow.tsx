import { useSortable } from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import { Button, Input } from "antd";
import { useState, type KeyboardEvent } from "react";
import { optionSets, type LaidOption, type OptionSet } from "../../client/settings";
import { Badge } from "../../kinds/Badge";
import { Select } from "../../kit/heavy";
import { HolderIcon } from "../../kit/icons";
import type { Carry } from "./SetEditor";

interface Props {
  set: OptionSet;
  option: LaidOption;
  busy: boolean;
  carry: Carry;
  onRetire: () => void;
}

const COLOURS = [
  ["", "无颜色"],
  ["red", "红"],
  ["orange", "橙"],
  ["gold", "黄"],
  ["green", "绿"],
  ["cyan", "青"],
  ["blue", "蓝"],
  ["purple", "紫"],
  ["default", "灰"],
] as const;

/** One option, its name typed over in place. */
export function OptionRow({ set, option, busy, carry, onRetire }: Props) {
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({
    id: option.value,
  });
  const change = (body: Record<string, unknown>) => void carry(() => optionSets.change(set.key, option, body));
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
        aria-label={`移动“${option.label}”`}
        title="拖动"
      >
        <HolderIcon />
      </button>
      <Name option={option} busy={busy} onChange={(label) => change({ label })} />
      <select
        className="option-colour"
        aria-label={`${option.label}的颜色`}
        value={option.color}
        disabled={busy}
        onChange={(event) => change({ color: event.target.value })}
      >
        {COLOURS.map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      {set.weighted && (
        <Chance key={option.probability} option={option} busy={busy} onChange={(probability) => change({ probability })} />
      )}
      {set.deciding && <When deciding={set.deciding} option={option} busy={busy} onChange={(parents) => change({ parents })} />}
      <span className="option-look">
        <Badge option={{ value: option.value, label: option.label, color: option.color }} label={option.label} />
        {option.retired && <small className="muted">已停用</small>}
      </span>
      <small className="muted option-code">{originOf(option)}</small>
      <Deeds option={option} busy={busy} carry={carry} onRetire={onRetire} />
    </li>
  );
}

/** Where it comes from: added here, or declared under this name or another. */
function originOf({ value, label, declared }: LaidOption): string {
  if (declared === null) return `新增 · ${value}`;
  return declared === label ? value : `原名 ${declared}`;
}

/** What was typed is sent on leaving; sent by the key itself it would be sent again when the busy row lets go of the keyboard. */
const leave = ({ currentTarget }: KeyboardEvent<HTMLInputElement>) => currentTarget.blur();

function Name({ option, busy, onChange }: { option: LaidOption; busy: boolean; onChange: (label: string) => void }) {
  const [typed, setTyped] = useState(option.label);
  const done = () => {
    const label = typed.trim();
    if (label && label !== option.label) onChange(label);
    else setTyped(option.label);
  };
  return (
    <Input
      value={typed}
      maxLength={40}
      disabled={busy}
      aria-label={`“${option.label}”的名称`}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={done}
      onPressEnter={leave}
    />
  );
}

/** A 赢率 in hundredths; the server keeps it as a share. */
function Chance({ option, busy, onChange }: { option: LaidOption; busy: boolean; onChange: (percent: string) => void }) {
  const now = option.probability === null ? "" : String(Math.round(Number(option.probability) * 10_000) / 100);
  const [typed, setTyped] = useState(now);
  const done = () => {
    if (typed !== "" && typed !== now) onChange(typed);
    else setTyped(now);
  };
  return (
    <Input
      className="option-chance"
      value={typed}
      suffix="%"
      inputMode="decimal"
      disabled={busy}
      aria-label={`“${option.label}”的默认赢率`}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={done}
      onPressEnter={leave}
    />
  );
}

/** With which values of the deciding field it may be chosen; none named, with any. */
function When({
  deciding,
  option,
  busy,
  onChange,
}: {
  deciding: NonNullable<OptionSet["deciding"]>;
  option: LaidOption;
  busy: boolean;
  onChange: (parents: string) => void;
}) {
  const [chosen, setChosen] = useState(option.when ?? []);
  const done = () => {
    if (chosen.join() !== (option.when ?? []).join()) onChange(chosen.join(",") || "*");
  };
  return (
    <Select
      className="option-when"
      mode="multiple"
      size="small"
      disabled={busy}
      placeholder={`任何${deciding.label}`}
      aria-label={`“${option.label}”适用的${deciding.label}`}
      showSearch={{ optionFilterProp: "label" }}
      options={deciding.options}
      value={chosen}
      maxTagCount="responsive"
      onChange={(value: unknown) => setChosen(value as string[])}
      onBlur={done}
      popupMatchSelectWidth={200}
    />
  );
}

function Deeds({ option, busy, carry, onRetire }: Omit<Props, "set">) {
  const { record } = option;
  if (option.retired)
    return (
      <Button
        size="small"
        disabled={busy || !record}
        onClick={() => {
          if (record) void carry(() => optionSets.restore(record.id));
        }}
      >
        恢复使用
      </Button>
    );
  return (
    <span className="option-deeds">
      {record && option.declared !== null && (
        <Button size="small" type="text" disabled={busy} onClick={() => void carry(() => optionSets.forget(record.id))}>
          恢复原样
        </Button>
      )}
      <Button
        size="small"
        type="text"
        danger
        disabled={busy || option.kept !== ""}
        title={option.kept || undefined}
        onClick={onRetire}
      >
        停用
      </Button>
    </span>
  );
}
