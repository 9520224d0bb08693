import { useQuery } from "@tanstack/react-query";
import { automation, type Occasion, type When } from "../../client/automation";
import type { Description } from "../../client/types";
import { InputNumber, Select } from "../../kit/heavy";
import { choices } from "../../kit/choices";
import { begunWhen, named, OCCASIONS, RHYTHMS } from "./rules";

interface Props {
  object: Description;
  when: When;
  onChange: (when: When) => void;
}

/** The occasion: something happens to a record, an hour comes, or a deadline strikes. */
export function WhenNode({ object, when, onChange }: Props) {
  return (
    <div className="policy-row">
      <span>{object.label}</span>
      <Select
        aria-label="什么时候"
        options={choices(OCCASIONS)}
        value={when.on}
        popupMatchSelectWidth={false}
        onChange={(on: unknown) => onChange(begunWhen(on as Occasion, object))}
      />
      {when.on === "changed" && (
        <Select
          className="grow"
          mode="multiple"
          aria-label="哪些字段"
          placeholder="任何字段"
          options={named(object.fields)}
          showSearch={{ optionFilterProp: "label" }}
          value={when.fields ?? []}
          onChange={(fields: unknown) => onChange({ ...when, fields: fields as string[] })}
        />
      )}
      {when.on === "action" && (
        <Select
          aria-label="哪个动作"
          options={[...named(object.actions), { value: "transfer", label: "转交" }]}
          value={when.action}
          popupMatchSelectWidth={false}
          onChange={(action: unknown) => onChange({ ...when, action: String(action) })}
        />
      )}
      {when.on === "time" && <Time when={when} onChange={onChange} />}
      {when.on === "clock" && <Clock when={when} onChange={onChange} />}
    </div>
  );
}

const WEEK = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];

function Time({ when, onChange }: Omit<Props, "object">) {
  const whole = (value: string | null, otherwise: number) => Number(value ?? otherwise);
  return (
    <>
      <Select
        aria-label="多久一次"
        options={choices(RHYTHMS)}
        value={when.rhythm ?? "day"}
        onChange={(rhythm: unknown) => onChange({ ...when, rhythm: rhythm as When["rhythm"], day: 1 })}
      />
      {when.rhythm === "week" && (
        <Select
          aria-label="星期几"
          options={WEEK.map((label, at) => ({ value: at + 1, label }))}
          value={when.day ?? 1}
          onChange={(day: unknown) => onChange({ ...when, day: Number(day) })}
        />
      )}
      {when.rhythm === "month" && (
        <InputNumber
          aria-label="几号"
          min="1"
          max="31"
          precision={0}
          suffix="号"
          value={String(when.day ?? 1)}
          onChange={(day) => onChange({ ...when, day: whole(day, 1) })}
        />
      )}
      <InputNumber
        aria-label="几点"
        min="0"
        max="23"
        precision={0}
        suffix="点"
        value={String(when.hour ?? 8)}
        onChange={(hour) => onChange({ ...when, hour: whole(hour, 8) })}
      />
    </>
  );
}

function Clock({ when, onChange }: Omit<Props, "object">) {
  const words = useQuery({ queryKey: ["automation", "words"], queryFn: automation.words, staleTime: Infinity });
  return (
    <>
      <Select
        aria-label="哪个时限"
        placeholder="哪个时限"
        options={words.data?.clocks ?? []}
        value={when.clock ?? null}
        popupMatchSelectWidth={false}
        onChange={(clock: unknown) => onChange({ ...when, clock: String(clock) })}
      />
      <Select
        aria-label="哪个时点"
        placeholder="哪个时点"
        options={words.data?.marks ?? []}
        value={when.mark ?? null}
        onChange={(mark: unknown) => onChange({ ...when, mark: String(mark) })}
      />
    </>
  );
}
