import type { Description, Field } from "../../client/types";
import { Select } from "../../kit/heavy";
import { choices } from "../../kit/choices";
import type { PartProps } from "./Designer";

const NUMBERS = new Set(["integer", "decimal", "money", "ratio"]);
const TOTALS = { sum: "合计", avg: "平均", max: "最大", min: "最小" } as const;
const WHEN = { above: "达到或超过", below: "等于或低于" } as const;

/** What is reckoned, and for what: each record, each owner, each department, whatever it points to, or the whole. */
export function Indicator({ object, rules, onChange }: PartProps) {
  const each = rules.group === "id";
  return (
    <div className="policy-row">
      <Select
        aria-label="分别计算"
        options={groupsOf(object)}
        value={rules.group ?? ""}
        popupMatchSelectWidth={false}
        onChange={(group: unknown) => onChange({ ...rules, group: String(group), measure: "count" })}
      />
      <Select
        aria-label="指标"
        options={each ? fieldsOf(object) : measuresOf(object)}
        value={rules.measure ?? "count"}
        popupMatchSelectWidth={false}
        onChange={(measure: unknown) => onChange({ ...rules, measure: String(measure) })}
      />
      {!(each && (rules.measure ?? "count") === "count") && (
        <Select
          aria-label="比较"
          options={choices(WHEN)}
          value={rules.when ?? "above"}
          onChange={(when: unknown) => onChange({ ...rules, when: when as "above" | "below" })}
        />
      )}
    </div>
  );
}

function groupsOf(object: Description) {
  const references = object.fields.filter(
    ({ kind, name }) => (kind === "ref" || kind === "person") && name !== "created_by" && name !== "updated_by",
  );
  return [
    { value: "id", label: `逐条${object.label}` },
    ...references.map(({ name, label }) => ({ value: name, label: `每个${label}` })),
    { value: "", label: "全公司合计" },
  ];
}

const numeric = (object: Description): Field[] => object.fields.filter(({ kind }) => NUMBERS.has(kind));
const fieldsOf = (object: Description) => [
  { value: "count", label: "符合条件就预警" },
  ...numeric(object).map(({ name, label }) => ({ value: `sum:${name}`, label })),
];
const measuresOf = (object: Description) => [
  { value: "count", label: "条数" },
  ...numeric(object).flatMap(({ name, label }) =>
    Object.entries(TOTALS).map(([word, total]) => ({ value: `${word}:${name}`, label: `${label}${total}` })),
  ),
];
