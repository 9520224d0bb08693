import { Button } from "antd";
import { Link, useNavigate } from "react-router";
import { fieldsOf, may, useDescription } from "../../app/meta";
import type { Description, Field, Fields, Page, RecordRow, Related } from "../../client/types";
import { kindOf } from "../../kinds";
import { useFormHost } from "../form/host";
import { GridCell, nameOf } from "../list/GridRow";
import { listAddress } from "../list/state";
import { PlusIcon } from "../../kit/icons";

interface Props { owner: Description; record: RecordRow; related: Related; page: Page | undefined }

const SHOWN = 6;

/** Records that belong to this one, with the way to add another in place. */
export function RelatedList({ owner, record, related, page }: Props) {
  const object = useDescription(related.collection);
  const { open } = useFormHost();
  if (!object) return null;
  const rows = page?.rows ?? [];
  const self = { id: record.id, label: nameOf(owner, record) };
  const all = listAddress(related.collection, { field: related.field, op: "eq", value: self });
  const add = () => open({ collection: related.collection, preset: presetFor(related.field, self), onSaved: () => undefined });
  return (
    <section className={rows.length === 0 ? "panel panel-empty" : "panel"} id={`related-${related.collection}`}>
      <div className="panel-head">
        <h2>{related.label || object.label} <small className="muted figure">{rows.length}{page?.next ? "+" : ""}</small></h2>
        <span className="spacer" />
        {rows.length > SHOWN || page?.next ? <Link to={all}>查看全部</Link> : null}
        {may(object, "add") && <Button size="small" icon={<PlusIcon />} onClick={add}>新建{object.label}</Button>}
      </div>
      {rows.length > 0 && <RelatedTable object={object} rows={rows.slice(0, SHOWN)} without={related.field} />}
    </section>
  );
}

/** "companies.customer" is reached through a line of the other record. */
export function presetFor(path: string, self: { id: RecordRow["id"]; label: string }): Fields {
  const [field = "", part] = path.split(".");
  return part === undefined ? { [field]: self } : { [field]: [{ [part]: self }] };
}

function RelatedTable({ object, rows, without }: { object: Description; rows: Page["rows"]; without: string }) {
  const names = [object.title, ...object.columns.filter((name) => name !== object.title && name !== without)].slice(0, 5);
  const fields = fieldsOf(object, names);
  return (
    <div className="scroll-x">
      <table className="related" aria-label={object.label}>
        <thead><tr>{fields.map((field) => <th key={field.name} scope="col" className={kindOf(field).align}>{field.label}</th>)}</tr></thead>
        <tbody>{rows.map((row) => <RelatedRow key={row.id} object={object} row={row} fields={fields} />)}</tbody>
      </table>
    </div>
  );
}

function RelatedRow({ object, row, fields }: { object: Description; row: Page["rows"][number]; fields: Field[] }) {
  const navigate = useNavigate();
  const go = (target: EventTarget) => { if (!(target as HTMLElement).closest("a")) void navigate(`/${object.collection}/${row.id}`); };
  return (
    <tr onClick={(event) => go(event.target)}>
      {fields.map((field) => <td key={field.name} className={kindOf(field).align}><GridCell object={object} field={field} row={row} /></td>)}
    </tr>
  );
}
