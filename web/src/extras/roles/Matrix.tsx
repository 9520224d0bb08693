/** 权限矩阵: a role whole, read like a table and changed like a sheet; nothing is in force before it is saved. */
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { Fragment, useState } from "react";
import { useRefresh } from "../../app/refresh";
import "../../app/roles.css";
import { roles, type Edits, type GrantedObject, type RoleMatrix, type Said } from "../../client/settings";
import type { RecordRow, Ref } from "../../client/types";
import { Problem } from "../../kit/Problem";
import { Skeleton } from "../../kit/Skeleton";
import { toast } from "../../kit/toast";
import { useAttempt } from "../../kit/useAttempt";
import { Cell, type CellProps, type Place } from "./Cell";
import { Choose } from "./Choose";
import { changed, differences, edited, EVERY } from "./grants";
import { FieldRules } from "./FieldRules";
import { People } from "./People";

export default function Matrix({ record }: { record: RecordRow }) {
  const found = useQuery({ queryKey: ["roles", record.id, "grants"], queryFn: () => roles.matrix(record.id) });
  if (found.isPending)
    return (
      <section className="panel">
        <Skeleton rows={10} />
      </section>
    );
  if (!found.data) return <Problem cause={found.error} retry={() => void found.refetch()} />;
  return (
    <>
      <Sheet key={found.data.version} matrix={found.data} />
      <FieldRules matrix={found.data} />
      <People people={found.data.people} />
    </>
  );
}

/** What is changed and not in force yet, with the departments that it names. */
function useEdits(matrix: RoleMatrix) {
  const [edits, setEdits] = useState<Edits>({});
  const [departments, setDepartments] = useState(matrix.departments);
  const change = (collection: string, verb: string, said: Said | null) =>
    setEdits(changed(matrix.grants, edits, collection, verb, said));
  const confine = ({ collection, verb }: Place, chosen: Ref[]) => {
    setDepartments([...departments, ...chosen]);
    change(
      collection,
      verb,
      chosen.map(({ id }) => id),
    );
  };
  return { edits, departments, change, confine, drop: () => setEdits({}) };
}

function Sheet({ matrix }: { matrix: RoleMatrix }) {
  const { edits, departments, change, confine, drop } = useEdits(matrix);
  const [open, setOpen] = useState<string | null>(null);
  const [place, setPlace] = useState<Place | null>(null);
  const cell: SheetCell = {
    grants: edited(matrix.grants, edits),
    edits,
    departments,
    readonly: !matrix.may_grant,
    onChange: change,
    onChoose: setPlace,
  };
  return (
    <section className="panel matrix" aria-label="权限矩阵">
      <div className="panel-head">
        <h2>权限矩阵</h2>
        <span className="muted">
          斜体是从“所有对象”或“所有操作”继承来的；一人有多个角色时取最大的范围；保存后下一次请求就生效
        </span>
      </div>
      <div className="scroll-x" tabIndex={0} role="group" aria-label="权限矩阵，可左右滚动">
        <table>
          <Headings verbs={matrix.verbs} />
          <tbody>
            <EveryRow verbs={matrix.verbs} cell={cell} />
          </tbody>
          {groupsOf(matrix.objects).map(([group, objects]) => (
            <tbody key={group}>
              <tr className="matrix-group">
                <th colSpan={matrix.verbs.length + 3} scope="rowgroup">
                  {group}
                </th>
              </tr>
              {objects.map((object) => (
                <ObjectRow
                  key={object.collection}
                  matrix={matrix}
                  object={object}
                  cell={cell}
                  open={open === object.collection}
                  onOpen={() => setOpen(open === object.collection ? null : object.collection)}
                />
              ))}
            </tbody>
          ))}
        </table>
      </div>
      {place && <Choose place={place} onChosen={(chosen) => confine(place, chosen)} onClose={() => setPlace(null)} />}
      {Object.keys(edits).length > 0 && <Pending matrix={matrix} edits={edits} departments={departments} onDrop={drop} />}
    </section>
  );
}

function Headings({ verbs }: { verbs: RoleMatrix["verbs"] }) {
  return (
    <thead>
      <tr>
        <th scope="col">对象</th>
        <th scope="col">所有操作</th>
        {verbs.map(({ name, label }) => (
          <th scope="col" key={name}>
            {label}
          </th>
        ))}
        <th scope="col">动作</th>
      </tr>
    </thead>
  );
}

/** What every cell of the sheet is given. */
type SheetCell = Omit<CellProps, "collection" | "object" | "verb" | "label">;

/** What the role may do with all objects, those to come included. */
function EveryRow({ verbs, cell }: { verbs: RoleMatrix["verbs"]; cell: SheetCell }) {
  return (
    <tr className="matrix-every">
      <th scope="row">所有对象</th>
      {[{ name: EVERY, label: "所有操作" }, ...verbs].map(({ name, label }) => (
        <td key={name}>
          <Cell {...cell} collection={EVERY} object="所有对象" verb={name} label={label} />
        </td>
      ))}
      <td />
    </tr>
  );
}

interface RowProps {
  matrix: RoleMatrix;
  object: GrantedObject;
  cell: SheetCell;
  open: boolean;
  onOpen: () => void;
}

function ObjectRow({ matrix, object, cell, open, onOpen }: RowProps) {
  const { collection, label, verbs, actions } = object;
  const shared = { ...cell, collection, object: label };
  const touched = actions.some(({ name }) => name in (cell.edits[collection] ?? {}));
  return (
    <Fragment>
      <tr>
        <th scope="row">{label}</th>
        <td>
          <Cell {...shared} verb={EVERY} label="所有操作" />
        </td>
        {matrix.verbs.map((verb) => (
          <td key={verb.name}>{verbs.includes(verb.name) && <Cell {...shared} verb={verb.name} label={verb.label} />}</td>
        ))}
        <td>
          {actions.length > 0 && (
            <Button
              size="small"
              type="text"
              className={touched ? "reach-changed" : ""}
              aria-expanded={open}
              onClick={onOpen}
            >{`${actions.length} 个动作`}</Button>
          )}
        </td>
      </tr>
      {open && (
        <tr className="matrix-actions">
          <td colSpan={matrix.verbs.length + 3}>
            <div>
              {actions.map(({ name, label: shown }) => (
                <label key={name}>
                  <span>{shown}</span>
                  <Cell {...shared} verb={name} label={shown} />
                </label>
              ))}
            </div>
          </td>
        </tr>
      )}
    </Fragment>
  );
}

interface PendingProps {
  matrix: RoleMatrix;
  edits: Edits;
  departments: Ref[];
  onDrop: () => void;
}

function Pending({ matrix, edits, departments, onDrop }: PendingProps) {
  const { busy, attempt } = useAttempt();
  const refresh = useRefresh();
  const rows = differences(matrix, edits, departments);
  const save = () =>
    attempt(async () => {
      await roles.regrant(matrix.id, edits, matrix.version);
      toast.ok(`已保存 ${rows.length} 处权限，立即生效`);
      await refresh();
    });
  return (
    <div className="matrix-foot" role="group" aria-label="尚未保存的权限">
      <ul>
        {rows.map(({ key, object, verb, from, to }) => (
          <li key={key}>
            {object} · {verb}：<s className="muted">{from}</s> → <strong>{to}</strong>
          </li>
        ))}
      </ul>
      <span className="matrix-save">
        <span className="muted">{`改了 ${rows.length} 处，尚未保存`}</span>
        <Button onClick={onDrop}>放弃</Button>
        <Button type="primary" loading={busy} onClick={() => void save()}>
          保存权限
        </Button>
      </span>
    </div>
  );
}

function groupsOf(objects: GrantedObject[]): [string, GrantedObject[]][] {
  const groups = new Map<string, GrantedObject[]>();
  for (const object of objects) groups.set(object.group, [...(groups.get(object.group) ?? []), object]);
  return [...groups];
}
