import { Button } from "antd";
import { useState, type ReactNode } from "react";
import { choices } from "../../kit/choices";
import { Select } from "../../kit/heavy";

interface Props {
  /** What trying is called: 试运行, 回测, 模拟. */
  deed: string;
  asked: string;
  periods: Record<string, string>;
  first: string;
  busy: boolean;
  disabled: boolean;
  onTry: (period: string) => void;
  children?: ReactNode;
}

/** Over which time rules that are not in force are tried. */
export function TrialQuestion({ deed, asked, periods, first, busy, disabled, onTry, children }: Props) {
  const [period, setPeriod] = useState(first);
  return (
    <div className="policy-foot" role="group" aria-label={deed}>
      <span>{asked}</span>
      <Select
        aria-label="时间段"
        options={choices(periods)}
        value={period}
        popupMatchSelectWidth={false}
        onChange={(value: unknown) => setPeriod(String(value))}
      />
      <Button loading={busy} disabled={disabled} onClick={() => onTry(period)}>
        {deed}
      </Button>
      {children}
    </div>
  );
}
