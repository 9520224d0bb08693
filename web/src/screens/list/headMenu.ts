import type { MenuProps } from "antd";
import type { Description, Field } from "../../client/types";
import { DEEPEST, groupable, groupKey, groupName } from "./grouping";
import { readOrder, writeOrder } from "./order";
import type { Change, ListState } from "./state";
import { without } from "../../kinds/values";
import { isMeasured, wayOf, WAYS } from "./totals";

interface Asked {
  object: Description;
  state: ListState;
  change: Change;
  columns: Field[];
}

/** What may be done with one column. */
export function headMenu({ object, state, change, columns }: Asked, field: Field, index: number): MenuProps {
  const names = columns.map(({ name }) => name);
  const grouped = state.group.map(groupName);
  const others = readOrder(state.order).filter((sort) => sort.field !== field.name);
  const deeds: Record<string, () => void> = {
    up: () => change({ order: field.name }),
    down: () => change({ order: `-${field.name}` }),
    also: () => change({ order: writeOrder([...others, { field: field.name, down: false }]) }),
    group: () => change({ group: [groupKey(field)] }),
    within: () => change({ group: [...state.group, groupKey(field)] }),
    ungroup: () => change({ group: state.group.filter((key) => groupName(key) !== field.name) }),
    freeze: () => change({ frozen: state.frozen === index + 1 ? 0 : index + 1 }),
    fit: () => change({ widths: without(state.widths, field.name) }),
    hide: () => change({ columns: names.toSpliced(index, 1) }),
    ...Object.fromEntries(
      Object.keys(WAYS).map((way) => [`total:${way}`, () => change({ totals: { ...state.totals, [field.name]: way } })]),
    ),
  };
  const sortable = field.sortable !== false;
  const items: MenuProps["items"] = [
    ...(sortable
      ? [
          { key: "up", label: "升序" },
          { key: "down", label: "降序" },
          { key: "also", label: "加为下一级排序", disabled: others.length === 0 },
          { type: "divider" as const },
        ]
      : []),
    ...(groupable(object).includes(field) ? groupItems(grouped, field.name) : []),
    ...(isMeasured(field)
      ? [
          {
            key: "totals",
            label: "汇总方式",
            children: Object.entries(WAYS).map(([way, label]) => ({
              key: `total:${way}`,
              label: wayOf(field, state.totals) === way ? `✓ ${label}` : label,
            })),
          },
        ]
      : []),
    { key: "freeze", label: state.frozen === index + 1 ? "取消冻结" : "冻结到此栏" },
    { key: "fit", label: "恢复默认宽度", disabled: !(field.name in state.widths) },
    ...(names.length > 1 && field.name !== object.title ? [{ key: "hide", label: "隐藏此栏" }] : []),
  ];
  return { items, onClick: ({ key }) => deeds[key]?.() };
}

function groupItems(grouped: string[], name: string) {
  if (grouped.includes(name)) return [{ key: "ungroup", label: "取消分组" }];
  return [
    { key: "group", label: "按此栏分组" },
    ...(grouped.length > 0 && grouped.length < DEEPEST ? [{ key: "within", label: "在组内再按此栏分组" }] : []),
  ];
}
