import { Button } from "antd";
import { useState } from "react";
import type { Import, UnknownValue } from "../../client/imports";
import type { Description, Ref } from "../../client/types";
import { without } from "../../kinds/values";
import { RefPicker } from "../../kinds/RefPicker";
import { Select } from "../../kit/heavy";
import { points, targetField, targetLabel } from "./targets";

interface Props {
  object: Description;
  import_: Import;
  onValues: (values: Import["mapping"]["values"]) => void;
}

/** Values of the file that match nothing yet: the likeliest is offered, the person decides. */
export function UnknownValues({ object, import_, onValues }: Props) {
  const fields = Object.entries(import_.unknown).filter(([, values]) => values.length > 0);
  if (fields.length === 0) return null;
  const put = (path: string, value: string, label: string | null) => {
    const rest = without(import_.mapping.values[path] ?? {}, value);
    onValues({ ...import_.mapping.values, [path]: label === null ? rest : { ...rest, [value]: label } });
  };
  return (
    <section className="panel">
      <h2>认不出的值</h2>
      {fields.map(([path, values]) => (
        <OfField key={path} object={object} path={path} values={values} chosen={import_.mapping.values[path] ?? {}} put={put} />
      ))}
    </section>
  );
}

const FEW = 8;

interface OfFieldProps {
  object: Description;
  path: string;
  values: UnknownValue[];
  chosen: Record<string, string>;
  put: OneProps["put"];
}

/** Those with a suggestion first: they are settled with one click. */
function OfField({ object, path, values, chosen, put }: OfFieldProps) {
  const [all, setAll] = useState(false);
  const sorted = values.toSorted((one, other) => Number(other.suggestion !== null) - Number(one.suggestion !== null));
  const shown = all ? sorted : sorted.slice(0, FEW);
  return (
    <div className="unknown">
      <h3>
        {targetLabel(object, path)} <small>{values.length} 个值</small>
      </h3>
      <ul>
        {shown.map((unknown) => (
          <One key={unknown.value} object={object} path={path} unknown={unknown} chosen={chosen[unknown.value]} put={put} />
        ))}
      </ul>
      {sorted.length > FEW && (
        <Button size="small" type="text" onClick={() => setAll(!all)}>
          {all ? "收起" : `显示其余 ${sorted.length - FEW} 个`}
        </Button>
      )}
    </div>
  );
}

interface OneProps {
  object: Description;
  path: string;
  unknown: UnknownValue;
  chosen: string | undefined;
  put: (path: string, value: string, label: string | null) => void;
}

function One({ object, path, unknown, chosen, put }: OneProps) {
  const { value, count, suggestion } = unknown;
  return (
    <li>
      <span className="unknown-value">
        “{value}” <small className="muted figure">{count.toLocaleString("zh-CN")} 行</small>
      </span>
      <span aria-hidden="true">→</span>
      <Pick object={object} path={path} value={value} chosen={chosen} put={put} />
      {suggestion && chosen !== suggestion.label && (
        <Button size="small" type="primary" ghost onClick={() => put(path, value, suggestion.label)}>
          就是“{suggestion.label}”
        </Button>
      )}
    </li>
  );
}

function Pick({ object, path, value, chosen, put }: Omit<OneProps, "unknown"> & { value: string }) {
  const field = targetField(object, path);
  const label = `“${value}”就是`;
  if (field && points(field)) {
    const current: Ref | null = chosen === undefined ? null : { id: chosen, label: chosen };
    return (
      <span className="w-200">
        <RefPicker
          to={field.to ?? ""}
          label={label}
          value={current}
          onChange={(next) => put(path, value, next && !Array.isArray(next) ? next.label : null)}
        />
      </span>
    );
  }
  return (
    <Select
      className="w-200"
      aria-label={label}
      placeholder="选择对应的值"
      allowClear
      value={chosen ?? null}
      options={field?.options?.map((option) => ({ value: option.label, label: option.label }))}
      onChange={(next: unknown) => put(path, value, typeof next === "string" ? next : null)}
    />
  );
}
