import { useMeta } from "../../app/meta";
import type { Threshold } from "../../client/automation";
import type { Option } from "../../client/types";
import { Badge } from "../../kinds/Badge";
import { InputNumber, Select } from "../../kit/heavy";
import type { PartProps } from "./Designer";

const ONCE = "1";

/** From where on each level is reached, and how far departments may move it for their own. */
export function Levels({ rules, onChange }: PartProps) {
  const options = useMeta().objects.alerts?.fields.find(({ name }) => name === "level")?.options ?? [];
  const levels = rules.levels ?? [];
  if (rules.group === "id" && (rules.measure ?? "count") === "count") {
    return (
      <div className="policy-row">
        <span>符合条件的都是</span>
        <Select
          aria-label="级别"
          placeholder="级别"
          options={options}
          value={levels[0]?.level ?? null}
          popupMatchSelectWidth={false}
          onChange={(level: unknown) => onChange({ ...rules, levels: [{ level: String(level), threshold: ONCE }] })}
        />
      </div>
    );
  }
  const put = (level: string, part: Partial<Threshold>) => onChange({ ...rules, levels: changed(levels, level, part) });
  return (
    <table className="rule-levels">
      <thead>
        <tr>
          <th>级别</th>
          <th>阈值</th>
          <th>部门最低可设</th>
          <th>部门最高可设</th>
        </tr>
      </thead>
      <tbody>
        {options.map((option) => (
          <LevelRow
            key={option.value}
            option={option}
            threshold={levels.find(({ level }) => level === option.value)}
            onChange={(part) => put(option.value, part)}
          />
        ))}
      </tbody>
    </table>
  );
}

/** A level without a threshold is none. */
function changed(levels: Threshold[], level: string, part: Partial<Threshold>): Threshold[] {
  const next = { level, threshold: "", ...levels.find((one) => one.level === level), ...part };
  const others = levels.filter((one) => one.level !== level);
  return next.threshold === "" ? others : [...others, next];
}

function LevelRow({
  option,
  threshold,
  onChange,
}: {
  option: Option;
  threshold: Threshold | undefined;
  onChange: (part: Partial<Threshold>) => void;
}) {
  const open = threshold !== undefined;
  return (
    <tr>
      <td>
        <Badge option={option} label={option.label} />
      </td>
      <td data-label="阈值">
        <InputNumber
          aria-label={`${option.label}的阈值`}
          placeholder="阈值"
          value={threshold?.threshold ?? null}
          onChange={(value) => onChange({ threshold: value ?? "" })}
        />
      </td>
      <td data-label="部门最低">
        <InputNumber
          aria-label={`${option.label}部门最低可设`}
          placeholder="最低"
          disabled={!open}
          value={threshold?.least ?? null}
          onChange={(value) => onChange({ least: value })}
        />
      </td>
      <td data-label="部门最高">
        <InputNumber
          aria-label={`${option.label}部门最高可设`}
          placeholder="最高"
          disabled={!open}
          value={threshold?.most ?? null}
          onChange={(value) => onChange({ most: value })}
        />
      </td>
    </tr>
  );
}
