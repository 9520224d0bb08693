import { Input } from "antd";
import { useMeta } from "../../app/meta";
import type { Values } from "../../client/automation";
import type { Description, Field } from "../../client/types";
import { Asked, kindOf } from "../../kinds";
import { InputNumber, Select } from "../../kit/heavy";
import { daysOf, named, settable, sourceOf, textOf } from "./rules";
import { useName } from "./useName";
import { kept, spoken } from "./wording";

interface Props {
  /** The record the values may be taken from; without it they are as written. */ source?: Description;
  target: Description;
  fields?: Field[];
  values: Values;
  onChange: (values: Values) => void;
}

/** Which fields get which value: as written, so many days ahead, or taken from the record. */
export function ValuesEditor({ source, target, fields = settable(target), values, onChange }: Props) {
  const choose = (names: string[]) => onChange(Object.fromEntries(names.map((name) => [name, values[name] ?? null])));
  const chosen = fields.filter(({ name }) => name in values);
  const leading = "to" in values ? { to: values.to } : {};
  return (
    <div className="rule-values">
      <Select
        mode="multiple"
        aria-label="哪些字段"
        placeholder="哪些字段"
        options={named(fields)}
        showSearch={{ optionFilterProp: "label" }}
        value={chosen.map(({ name }) => name)}
        onChange={(names: unknown) => choose([...Object.keys(leading), ...(names as string[])])}
      />
      {chosen.map((field) => (
        <div key={field.name} className="rule-value">
          <label>{field.label}</label>
          <Value
            source={source}
            field={field}
            value={values[field.name]}
            onChange={(value) => onChange({ ...values, [field.name]: value })}
          />
        </div>
      ))}
    </div>
  );
}

interface ValueProps {
  source?: Description;
  field: Field;
  value: unknown;
  onChange: (value: unknown) => void;
}

function Value({ source, field, value, onChange }: ValueProps) {
  if (field.kind === "date" || field.kind === "datetime")
    return (
      <InputNumber
        aria-label={field.label}
        precision={0}
        prefix="执行当天起"
        suffix="天"
        value={String(daysOf(value))}
        onChange={(days) => onChange({ days: Number(days ?? 0) })}
      />
    );
  if (source && (field.kind === "text" || field.kind === "longtext"))
    return (
      <Input
        aria-label={field.label}
        value={spoken(textOf(value), source.fields)}
        placeholder={spoken(`{${source.title}}`, source.fields)}
        onChange={({ target }) => onChange({ text: kept(target.value, source.fields) })}
      />
    );
  if (source && field.to && (field.to === source.collection || sourceOf(value) !== null || value === null))
    return <Taken source={source} field={field} value={value} onChange={onChange} />;
  if (field.to) return <Pointed field={field} value={value} onChange={onChange} />;
  return <Asked field={field} value={value} onChange={(next) => onChange(kindOf(field).send(next, field))} />;
}

/** A reference taken from the record: itself, or what it points to. */
function Taken({ source, field, value, onChange }: ValueProps & { source: Description }) {
  const own = field.to === source.collection ? [{ value: "id", label: `这条${source.label}` }] : [];
  const options = [...own, ...named(source.fields.filter(({ to, kind }) => to === field.to && kind !== "refs"))];
  return (
    <Select
      aria-label={field.label}
      placeholder="取自记录的哪个字段"
      options={options}
      value={sourceOf(value)}
      onChange={(from: unknown) => onChange({ from: String(from) })}
    />
  );
}

/** A record that is always the same; its name is asked for, since a rule keeps the number only. */
function Pointed({ field, value, onChange }: ValueProps) {
  const to = useMeta().objects[field.to ?? ""];
  const id = typeof value === "number" || typeof value === "string" ? value : null;
  const { name } = useName(to, id);
  const shown = id === null ? null : { id, label: name };
  return <Asked field={field} value={shown} onChange={(next) => onChange(kindOf(field).send(next, field))} />;
}
