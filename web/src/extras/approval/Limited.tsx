import { Button } from "antd";
import type { Limit } from "../../client/approvals";
import { InputNumber, Select } from "../../kit/heavy";
import { choices } from "../../kit/choices";
import { THEN, UNITS } from "./rules";

/** How long a step may take, and what then. */
export function Limited({ limit, onChange }: { limit: Limit | null; onChange: (limit: Limit | null) => void }) {
  if (!limit)
    return (
      <Button size="small" type="link" onClick={() => onChange({ amount: 2, unit: "workday", then: "remind" })}>
        加时限
      </Button>
    );
  return (
    <>
      <InputNumber
        aria-label="时限"
        min="1"
        max="1000"
        precision={0}
        value={String(limit.amount)}
        onChange={(value) => onChange({ ...limit, amount: Number(value ?? 1) })}
      />
      <Select
        aria-label="时限单位"
        options={choices(UNITS)}
        value={limit.unit}
        onChange={(value: unknown) => onChange({ ...limit, unit: value as Limit["unit"] })}
      />
      <Select
        aria-label="超时之后"
        options={choices(THEN)}
        value={limit.then}
        onChange={(value: unknown) => onChange({ ...limit, then: value as Limit["then"] })}
      />
      <Button size="small" type="link" onClick={() => onChange(null)}>
        去掉时限
      </Button>
    </>
  );
}
