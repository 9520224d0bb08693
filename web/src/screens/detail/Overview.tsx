import { Button } from "antd";
import { useState } from "react";
import { fieldsOf, SYSTEM } from "../../app/meta";
import type { Description, Field, RecordRow, Section } from "../../client/types";
import { kindOf, Shown } from "../../kinds";
import { isBlank } from "../../kinds/values";
import { Masked } from "./Masked";

/** What the record says, section by section. What was left empty steps aside until asked for. */
export function Overview({ object, record }: { object: Description; record: RecordRow }) {
  const [all, setAll] = useState(false);
  const told = new Set(object.sections.flatMap(({ fields }) => fields));
  const system = { label: "归属与记录", fields: SYSTEM.filter((name) => !told.has(name) && name !== "incomplete") };
  const sections = [...object.sections, system];
  const empty = sections.flatMap(({ fields }) => fieldsOf(object, fields)).filter(({ name }) => isBlank(record[name])).length;
  return (
    <section className="panel overview" id="overview" aria-label="概况">
      {sections.map((section) => (
        <Part key={section.label} object={object} section={section} record={record} all={all} />
      ))}
      {empty > 0 && (
        <Button type="text" size="small" onClick={() => setAll(!all)}>
          {all ? "隐藏空栏目" : `显示 ${empty} 个空栏目`}
        </Button>
      )}
    </section>
  );
}

interface PartProps {
  object: Description;
  section: Section;
  record: RecordRow;
  all: boolean;
}

function Part({ object, section, record, all }: PartProps) {
  const fields = fieldsOf(object, section.fields).filter(({ name }) => all || !isBlank(record[name]));
  const plain = fields.filter(({ kind }) => kind !== "lines");
  const tables = fields.filter(({ kind, name }) => kind === "lines" && !isBlank(record[name]));
  if (plain.length + tables.length === 0) return null;
  return (
    <section className="overview-part">
      <h2>{section.label}</h2>
      <div>
        <dl className="facts">
          {plain.map((field) => (
            <Fact key={field.name} object={object} record={record} field={field} />
          ))}
        </dl>
        {tables.map((field) => (
          <Table key={field.name} field={field} value={record[field.name]} named={field.label !== section.label} />
        ))}
      </div>
    </section>
  );
}

/** Lines under their name, unless the section bears it already. */
function Table({ field, value, named }: { field: Field; value: unknown; named: boolean }) {
  return (
    <div className="fact-lines">
      {named && <h3>{field.label}</h3>}
      <Shown field={field} value={value} />
    </div>
  );
}

function Fact({ object, record, field }: { object: Description; record: RecordRow; field: Field }) {
  return (
    <div className={kindOf(field).wide ? "fact fact-wide" : "fact"}>
      <dt title={field.help}>{field.label}</dt>
      <dd>
        <Value object={object} record={record} field={field} />
      </dd>
    </div>
  );
}

function Value({ object, record, field }: { object: Description; record: RecordRow; field: Field }) {
  const value = record[field.name];
  if (isBlank(value)) return <span className="nothing">–</span>;
  if (field.masked) return <Masked key={record.version} object={object} record={record} field={field} />;
  return <Shown field={field} value={value} row={record} />;
}
