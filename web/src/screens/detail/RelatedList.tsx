import { Button } from "antd";
import { lazy, Suspense, useState } from "react";
import { Link, useNavigate } from "react-router";
import { fieldsOf, may, useDescription } from "../../app/meta";
import type { Description, Field, Fields, Page, RecordRow, Ref, Related } from "../../client/types";
import { kindOf } from "../../kinds";
import { isBlank } from "../../kinds/values";
import { useFormHost } from "../form/host";
import { GridCell, nameOf } from "../list/GridRow";
import { rememberList } from "../list/last";
import { listAddress } from "../list/state";
import { MoreIcon, PlusIcon } from "../../kit/icons";
import Menu from "../../kit/Menu";
import { Tick } from "../../kit/Tick";
import { usePhone } from "../../kit/useMedia";
import { several } from "../../kit/words";
import { linkable } from "./links";
import { RelatedCards } from "./RelatedCards";
import { useRowMenu } from "./useRowMenu";

const LinkDialog = lazy(() => import("./LinkDialog"));

interface Props {
  owner: Description;
  record: RecordRow;
  related: Related;
  page: Page | undefined;
}

const SHOWN = 6;

/** Records that belong to this one, with the way to add another in place. */
export function RelatedList({ owner, record, related, page }: Props) {
  const object = useDescription(related.collection);
  const { open } = useFormHost();
  const [linking, setLinking] = useState(false);
  if (!object) return null;
  const rows = page?.rows ?? [];
  const self = { id: record.id, label: nameOf(owner, record) };
  const all = listAddress(related.collection, { field: related.field, op: "eq", value: self });
  const add = () =>
    open({
      collection: related.collection,
      preset: { ...sharedBy(object, owner, record), ...presetFor(related.field, self) },
      onSaved: () => undefined,
    });
  return (
    <section
      className={rows.length === 0 ? "panel panel-empty" : "panel"}
      id={anchorOf(related)}
      onClickCapture={() =>
        rememberList(
          object.collection,
          all,
          rows.slice(0, SHOWN).map(({ id }) => id),
        )
      }
    >
      <div className="panel-head">
        <h2>
          {several(related.label || object.label)}{" "}
          <small className="muted figure">
            {rows.length}
            {page?.next ? "+" : ""}
          </small>
        </h2>
        <span className="spacer" />
        {rows.length > SHOWN || page?.next ? <Link to={all}>查看全部</Link> : null}
        {may(object, "change") && linkable(object, related.field) && (
          <Button size="small" type="text" onClick={() => setLinking(true)}>
            关联已有
          </Button>
        )}
        {may(object, "add") && <Button size="small" icon={<PlusIcon />} onClick={add}>{`新建${object.label}`}</Button>}
      </div>
      {rows.length > 0 && <RelatedTable object={object} rows={rows.slice(0, SHOWN)} related={related} self={self} />}
      {linking && (
        <Suspense>
          <LinkDialog object={object} related={related} self={self} onClose={() => setLinking(false)} />
        </Suspense>
      )}
    </section>
  );
}

/** What the new record must point to and its owner points to already: the contract of an invoice for one of its payments. */
function sharedBy(object: Description, owner: Description, record: RecordRow): Fields {
  const both = object.fields.filter(
    ({ name, kind, required, to }) =>
      kind === "ref" && required && owner.fields.some((one) => one.name === name && one.to === to),
  );
  return Object.fromEntries(both.filter(({ name }) => !isBlank(record[name])).map(({ name }) => [name, record[name]]));
}

/** "companies.customer" is reached through a line of the other record. */
export function presetFor(path: string, self: { id: RecordRow["id"]; label: string }): Fields {
  const [field = "", part] = path.split(".");
  return part === undefined ? { [field]: self } : { [field]: [{ [part]: self }] };
}

/** The place of a list on the page: its field too, since one object may relate twice. */
export const anchorOf = ({ collection, field }: Related) => `related-${collection}-${field.replace(".", "-")}`;

interface TableProps {
  object: Description;
  rows: Page["rows"];
  related: Related;
  self: Ref;
}

function RelatedTable({ object, rows, related, self }: TableProps) {
  const names = [object.title, ...object.columns.filter((name) => name !== object.title && name !== related.field)].slice(0, 5);
  const fields = fieldsOf(object, names);
  const phone = usePhone();
  if (phone) return <RelatedCards object={object} rows={rows} related={related} self={self} fields={fields} />;
  return (
    <div className="scroll-x">
      <table className="related" aria-label={object.label}>
        <thead>
          <tr>
            {fields.map((field) => (
              <th key={field.name} scope="col" className={kindOf(field).align}>
                {field.label}
              </th>
            ))}
            <th />
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <RelatedRow key={row.id} object={object} row={row} fields={fields} related={related} self={self} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  object: Description;
  row: Page["rows"][number];
  fields: Field[];
  related: Related;
  self: Ref;
}

function RelatedRow({ object, row, fields, related, self }: RowProps) {
  const navigate = useNavigate();
  const items = useRowMenu(object, related, self)(row);
  const go = (target: EventTarget) => {
    if (!(target as HTMLElement).closest("a, button, label")) void navigate(`/${object.collection}/${row.id}`);
  };
  return (
    <tr onClick={(event) => go(event.target)}>
      {fields.map((field, index) => (
        <td key={field.name} className={kindOf(field).align}>
          {index === 0 && <Tick object={object} row={row} />}
          <GridCell object={object} field={field} row={row} />
        </td>
      ))}
      <td className="related-tools" onClick={(event) => event.stopPropagation()}>
        {may(object, "change") && (
          <Menu menu={{ items }}>
            <Button size="small" type="text" icon={<MoreIcon />} aria-label={`${nameOf(object, row)}的操作`} />
          </Menu>
        )}
      </td>
    </tr>
  );
}
