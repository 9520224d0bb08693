import { fieldsOf } from "../../app/meta";
import type { Description, Field, RecordRow } from "../../client/types";
import { kindOf, Shown } from "../../kinds";
import { isBlank } from "../../kinds/values";

const SYSTEM = ["owner", "department", "created_by", "created_at", "updated_by", "updated_at"];

/** What the record says, section by section. */
export function Overview({ object, record }: { object: Description; record: RecordRow }) {
  const told = new Set(object.sections.flatMap(({ fields }) => fields));
  const system = SYSTEM.filter((name) => !told.has(name));
  return (
    <div className="overview">
      {object.sections.map(({ label, fields }) => <Section key={label} label={label} fields={fieldsOf(object, fields)} record={record} />)}
      <Section label="归属与记录" fields={fieldsOf(object, system)} record={record} />
    </div>
  );
}

function Section({ label, fields, record }: { label: string; fields: Field[]; record: RecordRow }) {
  if (fields.length === 0) return null;
  const plain = fields.filter(({ kind }) => kind !== "lines");
  const tables = fields.filter(({ kind, name }) => kind === "lines" && !isBlank(record[name]));
  return (
    <section className="panel">
      <h2>{label}</h2>
      <dl className="facts">{plain.map((field) => <Fact key={field.name} field={field} value={record[field.name]} />)}</dl>
      {tables.map((field) => <div key={field.name} className="facts-table"><h3>{field.label}</h3><Shown field={field} value={record[field.name]} /></div>)}
    </section>
  );
}

function Fact({ field, value }: { field: Field; value: unknown }) {
  return (
    <div className={kindOf(field).wide ? "fact fact-wide" : "fact"}>
      <dt title={field.help}>{field.label}</dt>
      <dd>{isBlank(value) ? <span className="nothing">–</span> : <Shown field={field} value={value} />}</dd>
    </div>
  );
}
