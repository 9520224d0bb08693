import { useMeta } from "../../app/meta";
import type { ColumnMapping, Import } from "../../client/imports";
import type { Description } from "../../client/types";
import { Select } from "../../kit/heavy";
import { keysOf, mapped, points, targetField, targets } from "./targets";

interface Props {
  object: Description;
  import_: Import;
  onColumns: (columns: Import["mapping"]["columns"]) => void;
}

const UNKNOWN = [
  { value: "refuse", label: "找不到就拒绝这一行" },
  { value: "create", label: "找不到就新建" },
  { value: "empty", label: "找不到就留空" },
];

/** Each column of the file, what stands in it, and what it becomes. */
export function MappingTable({ object, import_, onColumns }: Props) {
  return (
    <div className="scroll-x">
      <table className="mapping" aria-label="栏目对应">
        <thead>
          <tr>
            <th scope="col">表格栏目</th>
            <th scope="col">样例</th>
            <th scope="col">对应到</th>
            <th scope="col">怎样识别</th>
          </tr>
        </thead>
        <tbody>
          {import_.columns.map(({ header, samples }) => (
            <tr key={header}>
              <th scope="row">{header}</th>
              <td className="muted samples">{samples.filter(Boolean).slice(0, 3).join(" · ")}</td>
              <MappingCells
                object={object}
                header={header}
                mapping={import_.mapping.columns[header]}
                onChange={(next) => onColumns(mapped(import_, header, next))}
              />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface CellsProps {
  object: Description;
  header: string;
  mapping: ColumnMapping | undefined;
  onChange: (next: ColumnMapping | null) => void;
}

function MappingCells({ object, header, mapping, onChange }: CellsProps) {
  const meta = useMeta();
  const field = mapping && targetField(object, mapping.field);
  const choose = (path: string | null) => {
    const chosen = path === null ? undefined : targetField(object, path);
    if (path === null || !chosen) onChange(null);
    else onChange(points(chosen) ? { field: path, by: keysOf(meta, chosen)[0]?.value, unknown: "refuse" } : { field: path });
  };
  return (
    <>
      <td>
        <Select
          className="w-200"
          aria-label={`${header}对应到`}
          placeholder="不导入"
          allowClear
          showSearch={{ optionFilterProp: "label" }}
          options={targets(object)}
          value={mapping?.field ?? null}
          onChange={(next: unknown) => choose(typeof next === "string" ? next : null)}
        />
      </td>
      <td>
        {mapping && field && points(field) && (
          <span className="pair">
            <Select
              className="w-120"
              aria-label={`${header}按什么识别`}
              options={keysOf(meta, field)}
              value={mapping.by ?? null}
              onChange={(by: unknown) => onChange({ ...mapping, by: String(by) })}
            />
            <Select
              className="w-180"
              aria-label={`${header}找不到时`}
              options={UNKNOWN}
              value={mapping.unknown ?? "refuse"}
              onChange={(unknown: unknown) => onChange({ ...mapping, unknown: unknown as ColumnMapping["unknown"] })}
            />
          </span>
        )}
      </td>
    </>
  );
}
