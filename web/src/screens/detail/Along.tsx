import { Checkbox } from "antd";
import type { Companion } from "../../client/types";

interface Props {
  offered: Companion[];
  left: ReadonlySet<string>;
  onChange: (left: ReadonlySet<string>) => void;
}

/** What belongs to the records handed over and is still to be done goes along unless it is left behind; collaborators stay only where somebody asks for it. */
export function Along({ offered, left, onChange }: Props) {
  if (offered.length === 0) return null;
  const toggle = (key: string) => {
    const next = new Set(left);
    if (!next.delete(key)) next.add(key);
    onChange(next);
  };
  return (
    <fieldset className="along">
      <legend>一并转交</legend>
      {offered.map(({ key, label, count, beside = false }) => (
        <Checkbox key={key} checked={left.has(key) === beside} onChange={() => toggle(key)}>
          {label} <span className="muted figure">{beside ? `${count} 人，勾选则保留` : `${count} 条`}</span>
        </Checkbox>
      ))}
      <p className="help">
        只转交由原负责人负责、尚未结束的记录；其余保持不变。
        {offered.some(({ beside }) => beside) && "协作人由负责人选定，不勾选就不再协作。"}
      </p>
    </fieldset>
  );
}

export const offeredOf = (companions: Companion[] | undefined): Companion[] =>
  (companions ?? []).filter(({ count }) => count > 0);
export const goingAlong = (offered: Companion[], left: ReadonlySet<string>): string[] =>
  offered.filter(({ key, beside = false }) => left.has(key) === beside).map(({ key }) => key);
