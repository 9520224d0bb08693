import { useDraggable } from "@dnd-kit/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Checkbox } from "antd";
import { useState } from "react";
import { fieldsOf, may, useDescription } from "../../../app/meta";
import { records } from "../../../client/api";
import type { Description, Row } from "../../../client/types";
import { Shown } from "../../../kinds";
import { asRef, asText } from "../../../kinds/values";
import { HolderIcon, MoreIcon, PlusIcon } from "../../../kit/icons";
import Menu from "../../../kit/Menu";
import { Problem } from "../../../kit/Problem";
import { Skeleton } from "../../../kit/Skeleton";
import { useFormHost } from "../../../screens/form/host";
import type { Question } from "./Asking";
import type { Held } from "./Company";
import { TOP, type Department } from "./tree";
import { PEOPLE, put, type Carry } from "./useCompany";

const COLUMNS = ["username", "department", "post", "roles", "phone"];

interface Props {
  department: Department;
  all: Department[];
  carry: Carry;
  onAsk: (question: Question) => void;
}

/** Who works in the chosen department; those who have left stand at the end, when asked for. */
export function People({ department, carry, onAsk }: Props) {
  const [wide, setWide] = useState(false);
  const [left, setLeft] = useState(false);
  const object = useDescription(PEOPLE);
  const { open } = useFormHost();
  const found = usePeople(department, wide, left);
  const rows = found.data?.pages.flatMap((page) => page.rows) ?? [];
  if (!object) return null;
  return (
    <section className="panel company-people" aria-label={`${department.name}的人员`}>
      <div className="panel-head">
        <h2>{department.name}</h2>
        {department.manager && <span className="muted">负责人 {department.manager}</span>}
        <span className="spacer" />
        {may(object, "add") && !department.closed && (
          <Button
            size="small"
            type="primary"
            icon={<PlusIcon />}
            onClick={() =>
              open({ collection: PEOPLE, preset: { department: { id: Number(department.id), label: department.name } } })
            }
          >
            添加人员
          </Button>
        )}
      </div>
      <div className="company-which">
        <Checkbox checked={wide} onChange={({ target }) => setWide(target.checked)}>
          含下级部门
        </Checkbox>
        <Checkbox checked={left} onChange={({ target }) => setLeft(target.checked)}>
          含已停用
        </Checkbox>
      </div>
      {found.isPending && <Skeleton rows={5} />}
      {found.isError && <Problem cause={found.error} retry={() => void found.refetch()} />}
      {found.data && rows.length === 0 && <p className="nothing-yet">这里还没有人。</p>}
      {rows.length > 0 && (
        <div className="scroll-x">
          <Table object={object} rows={rows} wide={wide} carry={carry} onAsk={onAsk} />
        </div>
      )}
      {found.hasNextPage && (
        <Button type="link" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          更多
        </Button>
      )}
    </section>
  );
}

/** A department's people page by page, on request with those of the departments below and with those who have left. */
function usePeople(department: Department, wide: boolean, left: boolean) {
  const filter = {
    and: [
      { field: "department", op: wide ? ("within" as const) : ("eq" as const), value: Number(department.id) },
      ...(left ? [] : [{ field: "is_active", op: "eq" as const, value: true }]),
    ],
  };
  return useInfiniteQuery({
    queryKey: [PEOPLE, "of department", filter],
    initialPageParam: "",
    queryFn: ({ pageParam }) =>
      records.list(PEOPLE, {
        filter,
        fields: ["name", "is_active", "version", ...COLUMNS],
        order: "-is_active,name",
        limit: 100,
        after: pageParam,
      }),
    getNextPageParam: ({ next }) => next ?? undefined,
  });
}

interface TableProps {
  object: Description;
  rows: Row[];
  wide: boolean;
  carry: Carry;
  onAsk: Props["onAsk"];
}

function Table({ object, rows, wide, carry, onAsk }: TableProps) {
  const fields = fieldsOf(
    object,
    COLUMNS.filter((name) => wide || name !== "department"),
  );
  return (
    <table>
      <thead>
        <tr>
          <th aria-label="移动" />
          <th>姓名</th>
          {fields.map(({ name, label }) => (
            <th key={name}>{label}</th>
          ))}
          <th aria-label="操作" />
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Person key={String(row.id)} object={object} row={row} fields={fields} carry={carry} onAsk={onAsk} />
        ))}
      </tbody>
    </table>
  );
}

interface PersonProps extends Omit<TableProps, "rows" | "wide"> {
  row: Row;
  fields: Description["fields"];
}

function Person({ object, row, fields, carry, onAsk }: PersonProps) {
  const name = asText(row.name);
  const active = row.is_active === true;
  const changes = may(object, "change");
  const held: Held = { collection: PEOPLE, id: String(row.id), label: name, from: String(asRef(row.department)?.id ?? TOP) };
  const { setNodeRef, setActivatorNodeRef, listeners, transform, isDragging } = useDraggable({
    id: `person ${held.id}`,
    data: held,
    disabled: !changes,
  });
  const { open } = useFormHost();
  return (
    <tr
      ref={setNodeRef}
      className={`${active ? "" : "person-left"} ${isDragging ? "held" : ""}`}
      style={transform ? { transform: `translate(${transform.x}px, ${transform.y}px)` } : undefined}
    >
      <td>
        {changes && (
          <span ref={setActivatorNodeRef} {...listeners} className="option-grip" aria-hidden="true" title="拖到部门上调动">
            <HolderIcon />
          </span>
        )}
      </td>
      <td>
        <button
          type="button"
          className="plain person-name"
          disabled={!changes}
          onClick={() => open({ collection: PEOPLE, id: row.id })}
        >
          {name}
        </button>
        {!active && <small className="muted"> 已停用</small>}
      </td>
      {fields.map((field) => (
        <td key={field.name}>
          <Shown field={field} value={row[field.name]} />
        </td>
      ))}
      <td>{changes && <PersonMenu row={row} held={held} carry={carry} onAsk={onAsk} />}</td>
    </tr>
  );
}

interface PersonMenuProps extends Pick<TableProps, "carry" | "onAsk"> {
  row: Row;
  held: Held;
}

function PersonMenu({ row, held, carry, onAsk }: PersonMenuProps) {
  const { open } = useFormHost();
  const name = held.label;
  const active = row.is_active === true;
  const set = (on: boolean) => () => put(PEOPLE, row.id, { is_active: on });
  const deeds: Record<string, () => void> = {
    change: () => open({ collection: PEOPLE, id: row.id }),
    move: () => onAsk({ about: "move", held }),
    active: () => void carry(set(!active), active ? `已停用“${name}”，不能再登录` : `已启用“${name}”`, set(active)),
  };
  const items = [
    { key: "change", label: "修改资料、岗位和角色" },
    { key: "move", label: "调到…" },
    { key: "active", label: active ? "停用" : "启用", danger: active },
  ];
  return (
    <Menu menu={{ items, onClick: ({ key }) => deeds[key]?.() }}>
      <Button size="small" type="text" icon={<MoreIcon />} aria-label={`“${name}”的更多操作`} />
    </Menu>
  );
}
