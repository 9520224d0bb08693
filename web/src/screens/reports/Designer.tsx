import type { Definition, Picture } from "../../client/reports";
import type { Description } from "../../client/types";
import { inMenuOrder, useMeta } from "../../app/meta";
import { Select } from "../../kit/heavy";
import { Input } from "antd";
import { FilterBar } from "../list/FilterBar";
import { dateOptions, groupOptions, type Option } from "./fields";
import { Measures } from "./Measures";
import { PeriodChoice } from "./PeriodChoice";
import { PICTURES } from "./words";

const SEARCH = { optionFilterProp: "label" } as const;

interface Props {
  object: Description;
  definition: Definition;
  onObject: (collection: string) => void;
  onChange: (definition: Definition) => void;
}

/** Everything a report is made of, put together by clicking; the result stands beside it at once. */
export function Designer({ object, definition, onObject, onChange }: Props) {
  const meta = useMeta();
  const groups = groupOptions(meta, object);
  const put = (next: Partial<Definition>) => onChange({ ...definition, ...next });
  const objects = inMenuOrder(meta).map(({ collection, label }) => ({ value: collection, label }));
  return (
    <div className="design" role="form" aria-label="报表设计">
      <label className="field">
        <span>统计对象</span>
        <Select aria-label="统计对象" showSearch={SEARCH} options={objects} value={object.collection} onChange={onObject} />
      </label>
      <Pictures picture={definition.picture ?? "table"} onChange={(picture) => put({ picture })} />
      <Groups label="行分组" most={3} options={groups} value={definition.rows} onChange={(rows) => put({ rows })} />
      <Groups label="列分组" most={2} options={groups} value={definition.columns} onChange={(columns) => put({ columns })} />
      <Measures
        object={object}
        measures={definition.measures ?? [{ of: "count" }]}
        onChange={(measures) => put({ measures, order: ordered(definition.order, measures.length) })}
      />
      <PeriodChoice
        fields={dateOptions(meta, object)}
        period={definition.period ?? null}
        onChange={(period) => put({ period })}
      />
      <fieldset className="design-part design-filter">
        <legend>筛选</legend>
        <FilterBar object={object} filter={definition.filter ?? null} onChange={(filter) => put({ filter })} />
      </fieldset>
      <Order definition={definition} put={put} />
    </div>
  );
}

function Pictures({ picture, onChange }: { picture: Picture; onChange: (picture: Picture) => void }) {
  return (
    <fieldset className="design-part">
      <legend>图形</legend>
      <div className="pictures" role="radiogroup" aria-label="图形">
        {Object.entries(PICTURES).map(([value, label]) => (
          <button
            key={value}
            type="button"
            role="radio"
            aria-checked={picture === value}
            onClick={() => onChange(value as Picture)}
          >
            {label}
          </button>
        ))}
      </div>
    </fieldset>
  );
}

interface GroupsProps {
  label: string;
  most: number;
  options: Option[];
  value: string[] | undefined;
  onChange: (groups: string[]) => void;
}

function Groups({ label, most, options, value = [], onChange }: GroupsProps) {
  return (
    <label className="field">
      <span>{label}</span>
      <Select
        mode="multiple"
        maxCount={most}
        aria-label={label}
        placeholder="选择栏目"
        showSearch={SEARCH}
        options={options}
        value={value}
        onChange={onChange}
      />
    </label>
  );
}

/** An order by a measure that has gone would be none. */
const ordered = (order: string | undefined, measures: number) => (Math.abs(Number(order || 0)) < measures ? order : "");

function Order({ definition, put }: { definition: Definition; put: (next: Partial<Definition>) => void }) {
  const measures = definition.measures ?? [{ of: "count" }];
  const orders = [
    { value: "", label: "分组的顺序" },
    ...measures.flatMap((_, at) => [
      { value: `-${at}`, label: `指标 ${at + 1} 从大到小` },
      { value: String(at), label: `指标 ${at + 1} 从小到大` },
    ]),
  ];
  const limits = [{ value: 0, label: "全部" }, ...[5, 10, 20, 50, 100].map((value) => ({ value, label: `前 ${value} 行` }))];
  return (
    <fieldset className="design-part">
      <legend>排序与行数</legend>
      <span className="pair">
        <Select
          className="grow"
          aria-label="排序"
          options={orders}
          value={definition.order ?? ""}
          onChange={(order: string) => put({ order })}
        />
        <Select
          className="w-120"
          aria-label="行数"
          options={limits}
          value={definition.limit ?? 0}
          onChange={(limit: number) => put({ limit: limit || null })}
        />
      </span>
      {definition.picture === "gauge" && (
        <label className="pair">
          <span className="design-word">目标值</span>
          <Input
            inputMode="decimal"
            status={Number(definition.goal) ? "" : "warning"}
            placeholder="例如 1000000"
            value={definition.goal ?? ""}
            onChange={({ target }) => put({ goal: target.value.replace(/[^\d.]/g, "") || null })}
          />
        </label>
      )}
    </fieldset>
  );
}
