import dayjs from "dayjs";
import type { Period } from "../../client/reports";
import { DAY, PERIODS, toDay } from "../../kinds/dates";
import { RangePicker, Select } from "../../kit/heavy";
import type { Option } from "./fields";

interface Props {
  fields: Option[];
  period: Period | null;
  onChange: (period: Period | null) => void;
}

/** Which date decides, and which period is looked at. */
export function PeriodChoice({ fields, period, onChange }: Props) {
  return (
    <fieldset className="design-part">
      <legend>期间</legend>
      <Select
        className="grow"
        allowClear
        aria-label="日期栏目"
        placeholder="按哪个日期"
        options={fields}
        value={period?.field ?? null}
        onChange={(field: string | undefined) => onChange(field ? { field, value: period?.value ?? null } : null)}
      />
      {period && <PeriodValue value={period.value} onChange={(value) => onChange({ ...period, value })} />}
    </fieldset>
  );
}

const CHOICES = [
  { value: "", label: "全部时间" },
  ...Object.entries(PERIODS).map(([value, label]) => ({ value, label })),
  { value: "between", label: "起止日期…" },
];

export function PeriodValue({ value, onChange }: { value: Period["value"]; onChange: (value: Period["value"]) => void }) {
  const days = Array.isArray(value) ? value : null;
  const pick = (next: string) =>
    onChange(next === "" ? null : next === "between" ? [dayjs().startOf("year").format(DAY), dayjs().format(DAY)] : next);
  return (
    <span className="period">
      <Select className="w-120" aria-label="期间" options={CHOICES} value={days ? "between" : (value ?? "")} onChange={pick} />
      {days && (
        <RangePicker
          className="grow"
          value={[toDay(days[0]), toDay(days[1])]}
          allowClear={false}
          onChange={(found) => {
            const [first, last] = found?.map((day) => day?.format(DAY)) ?? [];
            if (first && last) onChange([first, last]);
          }}
        />
      )}
    </span>
  );
}
