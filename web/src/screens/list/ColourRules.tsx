import { Button } from "antd";
import { useState } from "react";
import { fieldsOf, useMeta } from "../../app/meta";
import type { Filter } from "../../client/types";
import { Select } from "../../kit/heavy";
import { ArrowUpIcon, DeleteIcon, PlusIcon } from "../../kit/icons";
import { Builder } from "./Builder";
import { inWords } from "./filters";
import { MOST_RULES, TINTS, type Rule, type Tint } from "./rules";
import type { ShapeProps } from "./shapes";

const WHOLE_ROW = "";

/** Rows that deserve a second look stand out by colour; of several rules that are met the first one colours the row. */
export function ColourRules({ object, state: { rules, columns }, change }: ShapeProps) {
  const meta = useMeta();
  const [at, setAt] = useState<number | null>(null);
  const set = (next: Rule[]) => change({ rules: next });
  const apply = (filter: Filter | null) => {
    if (!filter || at === null) return;
    const rule = rules[at] ?? { tint: "red" as const };
    set(at < rules.length ? rules.with(at, { ...rule, filter }) : [...rules, { ...rule, filter }]);
  };
  const places = [
    { value: WHOLE_ROW, label: "整行" },
    ...fieldsOf(object, columns).map(({ name, label }) => ({ value: name, label: `“${label}”一格` })),
  ];
  return (
    <>
      {rules.length === 0 && <p className="muted">符合条件的行用颜色提醒，例如“超过 30 天没有跟进的标红”。</p>}
      <ol className="rules display-scroll" aria-label="颜色规则">
        {rules.map((rule, index) => (
          <RuleLine
            key={index}
            words={inWords(meta, object, rule.filter)}
            rule={rule}
            places={places}
            onOpen={() => setAt(index)}
            onChange={(next) => set(rules.with(index, next))}
            onForward={index === 0 ? undefined : () => set(rules.toSpliced(index, 1).toSpliced(index - 1, 0, rule))}
            onRemove={() => set(rules.toSpliced(index, 1))}
          />
        ))}
      </ol>
      {rules.length < MOST_RULES && (
        <Button size="small" icon={<PlusIcon />} onClick={() => setAt(rules.length)}>
          加一条颜色规则
        </Button>
      )}
      {at !== null && (
        <Builder
          object={object}
          title="哪些行要上色"
          filter={rules[at]?.filter ?? null}
          onApply={apply}
          onClose={() => setAt(null)}
        />
      )}
    </>
  );
}

interface LineProps {
  words: string;
  rule: Rule;
  places: { value: string; label: string }[];
  onOpen: () => void;
  onChange: (rule: Rule) => void;
  /** Nothing for the first. */
  onForward: (() => void) | undefined;
  onRemove: () => void;
}

function RuleLine({ words, rule, places, onOpen, onChange, onForward, onRemove }: LineProps) {
  const { filter, tint } = rule;
  return (
    <li>
      <button type="button" className={`plain rule-words tint tint-${tint}`} onClick={onOpen}>
        {words}
      </button>
      <div className="rule-foot">
        <Tints value={tint} onChange={(next) => onChange({ ...rule, tint: next })} />
        <Select
          size="small"
          className="grow"
          aria-label="上色的范围"
          options={places}
          value={rule.field ?? WHOLE_ROW}
          onChange={(field: unknown) => onChange({ filter, tint, ...(field !== WHOLE_ROW && { field: String(field) }) })}
        />
        <Button
          size="small"
          type="text"
          icon={<ArrowUpIcon />}
          aria-label="提前这条规则"
          disabled={!onForward}
          onClick={onForward}
        />
        <Button size="small" type="text" icon={<DeleteIcon />} aria-label="删除这条规则" onClick={onRemove} />
      </div>
    </li>
  );
}

function Tints({ value, onChange }: { value: Tint; onChange: (tint: Tint) => void }) {
  return (
    <span className="tints" role="radiogroup" aria-label="颜色">
      {(Object.keys(TINTS) as Tint[]).map((tint) => (
        <button
          key={tint}
          type="button"
          role="radio"
          aria-checked={tint === value}
          aria-label={TINTS[tint]}
          title={TINTS[tint]}
          className={`plain swatch swatch-${tint}`}
          onClick={() => onChange(tint)}
        />
      ))}
    </span>
  );
}
