import { Button, Input } from "antd";
import { useState } from "react";
import type { MeasureAsk, Show } from "../../client/reports";
import type { Description, Filter } from "../../client/types";
import { useMeta } from "../../app/meta";
import { DeleteIcon, PlusIcon } from "../../kit/icons";
import { Select } from "../../kit/heavy";
import { FilterBar } from "../list/FilterBar";
import { measureOptions, type Option } from "./fields";
import { SHOWS } from "./words";

interface Props {
  object: Description;
  measures: MeasureAsk[];
  onChange: (measures: MeasureAsk[]) => void;
}

const MOST = 8;
const shows = Object.entries(SHOWS).map(([value, label]) => ({ value, label }));
const AGAINST = [
  { value: "previous", label: "上一期（环比）" },
  { value: "year", label: "去年同期（同比）" },
];

export function Measures({ object, measures, onChange }: Props) {
  const options = measureOptions(useMeta(), object);
  return (
    <fieldset className="design-part">
      <legend>指标</legend>
      {measures.map((measure, at) => (
        <Measure
          key={at}
          object={object}
          measure={measure}
          options={options}
          onChange={(next) => onChange(measures.with(at, next))}
          onRemove={measures.length > 1 ? () => onChange(measures.toSpliced(at, 1)) : undefined}
        />
      ))}
      {measures.length < MOST && (
        <Button size="small" type="text" icon={<PlusIcon />} onClick={() => onChange([...measures, { of: "count" }])}>
          添加指标
        </Button>
      )}
    </fieldset>
  );
}

interface OneProps {
  object: Description;
  measure: MeasureAsk;
  options: Option[];
  onChange: (measure: MeasureAsk) => void;
  onRemove?: () => void;
}

function Measure({ object, measure, options, onChange, onRemove }: OneProps) {
  const [more, setMore] = useState(false);
  const show = measure.show ?? "plain";
  const turn = (next: Show) =>
    onChange({ ...measure, show: next, over: next === "ratio" ? (measure.over ?? "count") : undefined });
  return (
    <div className="measure">
      <span className="pair">
        <Select
          className="grow"
          aria-label="指标"
          showSearch={{ optionFilterProp: "label" }}
          options={options}
          value={measure.of}
          onChange={(of: string) => onChange({ ...measure, of })}
        />
        {onRemove && <Button type="text" icon={<DeleteIcon />} aria-label="删除指标" onClick={onRemove} />}
      </span>
      <span className="pair">
        <Select className="grow" aria-label="显示为" options={shows} value={show} onChange={turn} />
        <Button type="text" size="small" aria-expanded={more} onClick={() => setMore(!more)}>
          {more ? "收起" : "更多"}
        </Button>
      </span>
      {show === "ratio" && (
        <Denominator options={options} value={measure.over} onChange={(over) => onChange({ ...measure, over })} />
      )}
      {(show === "change" || show === "before") && (
        <Against value={measure.against ?? "previous"} onChange={(against) => onChange({ ...measure, against })} />
      )}
      {more && <More object={object} measure={measure} onChange={onChange} />}
    </div>
  );
}

interface DenominatorProps {
  options: Option[];
  value: string | undefined;
  onChange: (over: string) => void;
}

function Denominator({ options, value, onChange }: DenominatorProps) {
  return (
    <label className="pair">
      <span className="design-word">除以</span>
      <Select
        className="grow"
        aria-label="分母"
        showSearch={{ optionFilterProp: "label" }}
        options={options}
        value={value}
        onChange={onChange}
      />
    </label>
  );
}

type Earlier = NonNullable<MeasureAsk["against"]>;

/** Which earlier period a change is counted from. */
function Against({ value, onChange }: { value: Earlier; onChange: (against: Earlier) => void }) {
  return (
    <label className="pair">
      <span className="design-word">对比</span>
      <Select className="grow" aria-label="对比" options={AGAINST} value={value} onChange={onChange} />
    </label>
  );
}

/** What few measures need: a name of one's own, and conditions for it alone. */
function More({ object, measure, onChange }: Omit<OneProps, "options" | "onRemove">) {
  return (
    <>
      <label className="pair">
        <span className="design-word">名称</span>
        <Input
          maxLength={40}
          placeholder="自动"
          value={measure.label ?? ""}
          onChange={({ target }) => onChange({ ...measure, label: target.value })}
        />
      </label>
      <Only
        words="只统计"
        object={object}
        filter={measure.filter ?? null}
        onChange={(filter) => onChange({ ...measure, filter })}
      />
      {measure.show === "ratio" && (
        <Only
          words="分母只统计"
          object={object}
          filter={measure.over_filter ?? null}
          onChange={(over_filter) => onChange({ ...measure, over_filter })}
        />
      )}
    </>
  );
}

function Only({
  words,
  object,
  filter,
  onChange,
}: {
  words: string;
  object: Description;
  filter: Filter | null;
  onChange: (filter: Filter | null) => void;
}) {
  return (
    <div className="design-filter">
      <span className="design-word">{words}</span>
      <FilterBar object={object} filter={filter} onChange={onChange} />
    </div>
  );
}
