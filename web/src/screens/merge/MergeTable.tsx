import { Button, Radio } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useRefresh } from "../../app/refresh";
import { useUndo } from "../../app/useUndo";
import { merge } from "../../client/undo";
import type { Description, Field, Id, RecordRow } from "../../client/types";
import { kindOf, Shown } from "../../kinds";
import { dayText } from "../../kinds/dates";
import { useAttempt } from "../../kit/useAttempt";
import { nameOf } from "../list/GridRow";
import "./merge.css";
import { comesTogether, differing, usual } from "./choice";

interface Props {
  object: Description;
  rows: RecordRow[];
  /** Whether they are being made one. */ onOver: (over: boolean) => void;
}

/** One column a record, one row a field that differs; a click on a value takes it. */
export function MergeTable({ object, rows, onOver }: Props) {
  const [keep, setKeep] = useState<RecordRow | undefined>(rows[0]);
  const [chosen, setChosen] = useState<Record<string, Id>>({});
  const { busy, go } = useMerging(object, onOver);
  const fields = differing(object, rows);
  if (!keep) return null;
  const others = rows.filter((row) => row !== keep);
  return (
    <>
      <p className="muted">
        选择保留哪一条，以及每一项取谁的值。引用其余记录的一切，连同评论和附件，都会转到保留的这一条；合并可以撤销。
      </p>
      <div className="merge-frame">
        <table className="merge">
          <thead>
            <tr>
              <th scope="col">保留</th>
              {rows.map((row) => (
                <th scope="col" key={row.id}>
                  <Radio
                    checked={row === keep}
                    onChange={() => {
                      setKeep(row);
                      setChosen({});
                    }}
                  >
                    {nameOf(object, row)}
                  </Radio>
                  <Since row={row} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {fields.map((field) => (
              <FieldRow
                key={field.name}
                field={field}
                rows={rows}
                taken={chosen[field.name] ?? usual(field, keep, rows)}
                take={(id) => setChosen(pick(chosen, field.name, id))}
              />
            ))}
          </tbody>
        </table>
      </div>
      {fields.length === 0 && <p className="muted">各项内容都相同。</p>}
      <div className="merge-foot">
        <Button
          type="primary"
          loading={busy}
          onClick={() => void go(keep, others, chosen)}
        >{`合并为“${nameOf(object, keep)}”`}</Button>
      </div>
    </>
  );
}

const Since = ({ row }: { row: RecordRow }) => <small className="muted">{`建于 ${dayText(row.created_at)}`}</small>;

function pick(chosen: Record<string, Id>, name: string, id: Id | undefined): Record<string, Id> {
  const rest = Object.fromEntries(Object.entries(chosen).filter(([other]) => other !== name));
  return id === undefined ? rest : { ...rest, [name]: id };
}

interface FieldRowProps {
  field: Field;
  rows: RecordRow[];
  taken: Id | undefined;
  take: (id: Id | undefined) => void;
}

function FieldRow({ field, rows, taken, take }: FieldRowProps) {
  return (
    <tr>
      <th scope="row">
        {field.label}
        {comesTogether(field) && (
          <Radio checked={taken === undefined} onChange={() => take(undefined)}>
            合在一起
          </Radio>
        )}
      </th>
      {rows.map((row) => (
        <td key={row.id} className={taken === row.id || taken === undefined ? "taken" : ""}>
          <Radio checked={taken === row.id} aria-label={`${field.label}取这一条`} onChange={() => take(row.id)}>
            {kindOf(field).text(row[field.name], field) ? (
              <Shown field={field} value={row[field.name]} />
            ) : (
              <em className="muted">（空）</em>
            )}
          </Radio>
        </td>
      ))}
    </tr>
  );
}

function useMerging(object: Description, onOver: Props["onOver"]) {
  const { busy, attempt } = useAttempt();
  const navigate = useNavigate();
  const refresh = useRefresh();
  const told = useUndo();
  const go = async (keep: RecordRow, others: RecordRow[], fields: Record<string, Id>) => {
    onOver(true);
    if (!(await attempt(() => merged(keep, others, fields)))) onOver(false);
  };
  const merged = async (keep: RecordRow, others: RecordRow[], fields: Record<string, Id>) => {
    const made = await merge(object.collection, { keep: keep.id, others: others.map(({ id }) => id), fields });
    told(`已合并 ${others.length + 1} 条${object.label}`, made.changeset);
    await navigate(`/${object.collection}/${keep.id}`);
    await refresh();
  };
  return { busy, go };
}
