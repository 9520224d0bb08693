import { Link } from "react-router";
import { fieldsOf } from "../app/meta";
import type { Description, Page, RecordRow, Related, Row } from "../client/types";
import { Shown } from "../kinds";
import { nearText } from "../kinds/dates";
import { asRef, asText, isBlank } from "../kinds/values";
import { useOutbox, type Letter } from "../offline/outbox";
import { filesOf, Shelf } from "../screens/detail/Files";
import { nameOf } from "../screens/list/GridRow";
import { listAddress } from "../screens/list/state";

interface Props {
  object: Description;
  page: Page | undefined;
  pointer: Related;
  record: RecordRow;
  owner: Description;
}

/** What happened with this record, newest first. */
export function Timeline({ object, page, pointer, record, owner }: Props) {
  const rows = page?.rows ?? [];
  const waiting = useOutbox()
    .filter(
      ({ collection, values }) =>
        collection === object.collection && String(asRef(values[pointer.field])?.id) === String(record.id),
    )
    .toReversed();
  const all = listAddress(object.collection, {
    field: pointer.field,
    op: "eq",
    value: { id: record.id, label: nameOf(owner, record) },
  });
  return (
    <section className="panel" aria-label="动态">
      <div className="panel-head">
        <h2>{object.label}动态</h2>
        <span className="spacer" />
        {page?.next && <Link to={all}>查看全部</Link>}
      </div>
      {rows.length === 0 && waiting.length === 0 && (
        <p className="nothing-yet">还没有{object.label}。写下第一条，同事也能接着做。</p>
      )}
      <ol className="timeline">
        {waiting.map((letter) => (
          <Unsent key={letter.id} letter={letter} />
        ))}
        {rows.map((row) => (
          <Moment key={row.id} object={object} row={row} />
        ))}
      </ol>
    </section>
  );
}

/** Written without a network and not yet told to the server. */
function Unsent({ letter: { at, title, refusal } }: { letter: Letter }) {
  return (
    <li className="letter-waiting">
      <p className="moment-head">
        <time className="figure">{nearText(new Date(at).toISOString())}</time>
        <span>{refusal ? "没有被接受，见发件箱" : "等待发送"}</span>
      </p>
      <p className="moment-words">{title}</p>
    </li>
  );
}

function Moment({ object, row }: { object: Description; row: Row }) {
  const when = object.columns
    .map((name) => object.fields.find((field) => field.name === name))
    .find((field) => field?.kind === "datetime");
  const prose = object.fields.find(({ kind, name }) => kind === "longtext" && !isBlank(row[name]));
  const words = prose ? asText(row[prose.name]) : nameOf(object, row);
  const attached = filesOf(object, row);
  const rest = fieldsOf(object, object.columns).filter(
    ({ name, kind }) =>
      name !== when?.name &&
      name !== object.title &&
      name !== "owner" &&
      kind !== "ref" &&
      kind !== "longtext" &&
      !isBlank(row[name]),
  );
  return (
    <li>
      <p className="moment-head">
        <time className="figure" dateTime={asText(when && row[when.name])}>
          {nearText(when ? row[when.name] : row.created_at)}
        </time>
        <span className="muted">{asRef(row.owner)?.label}</span>
        {rest.slice(0, 3).map((field) => (
          <span key={field.name} title={field.label}>
            <Shown field={field} value={row[field.name]} />
          </span>
        ))}
      </p>
      <Link to={`/${object.collection}/${row.id}`} className="moment-words">
        {words}
      </Link>
      {attached.length > 0 && <Shelf all={attached} />}
    </li>
  );
}
