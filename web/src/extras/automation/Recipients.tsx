import { Button } from "antd";
import type { Who } from "../../client/automation";
import type { Description, Id } from "../../client/types";
import { RefPicker } from "../../kinds/RefPicker";
import { Select } from "../../kit/heavy";
import { DeleteIcon, PlusIcon } from "../../kit/icons";
import { choices } from "../../kit/choices";
import { BY, named } from "./rules";

const WHERE = { role: "roles", post: "posts", person: "people" } as const;

/** Everybody who is meant, one way of naming them a row. */
export function Recipients({ object, who, onChange }: { object: Description; who: Who[]; onChange: (who: Who[]) => void }) {
  return (
    <>
      {who.map((one, at) => (
        <div key={at} className="policy-row">
          <Recipient object={object} who={one} onChange={(next) => onChange(who.with(at, next))} />
          <Button type="text" icon={<DeleteIcon />} aria-label="去掉这个收件人" onClick={() => onChange(who.toSpliced(at, 1))} />
        </div>
      ))}
      <div className="policy-row">
        <Button size="small" type="text" icon={<PlusIcon />} onClick={() => onChange([...who, { by: "head" }])}>
          收件人
        </Button>
      </div>
    </>
  );
}

interface Props {
  object: Description;
  who: Who;
  onChange: (who: Who) => void;
}

/** One way of saying who. */
export function Recipient({ object, who, onChange }: Props) {
  const people = object.fields.filter(({ kind }) => kind === "person");
  return (
    <>
      <Select
        aria-label="谁"
        options={choices(BY)}
        value={who.by}
        popupMatchSelectWidth={false}
        onChange={(by: unknown) => onChange(by === "field" ? { by, field: people[0]?.name ?? "owner" } : { by: by as Who["by"] })}
      />
      {who.by in WHERE && <Named who={who} onChange={onChange} />}
      {who.by === "field" && (
        <Select
          aria-label="哪个人员字段"
          options={named(people)}
          value={who.field ?? null}
          popupMatchSelectWidth={false}
          onChange={(field: unknown) => onChange({ ...who, field: String(field) })}
        />
      )}
    </>
  );
}

function Named({ who, onChange }: Omit<Props, "object">) {
  const by = who.by as keyof typeof WHERE;
  const id: Id | undefined = who[by];
  const value = id === undefined ? null : { id, label: who.label ?? `#${id}` };
  return (
    <span className="grow">
      <RefPicker
        to={WHERE[by]}
        label={BY[by]}
        value={value}
        onChange={(next) => {
          if (next && !Array.isArray(next)) onChange({ ...who, [by]: next.id, label: next.label });
        }}
      />
    </span>
  );
}
