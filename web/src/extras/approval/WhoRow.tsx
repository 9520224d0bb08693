import { useQuery } from "@tanstack/react-query";
import { Button, Checkbox } from "antd";
import { records } from "../../client/api";
import type { Who } from "../../client/approvals";
import type { Description, Id } from "../../client/types";
import { RefPicker } from "../../kinds/RefPicker";
import { asText } from "../../kinds/values";
import { InputNumber, Select } from "../../kit/heavy";
import { DeleteIcon } from "../../kit/icons";
import { choices } from "../../kit/choices";
import { begun, BY } from "./rules";

const WHERE = { role: "roles", post: "posts", person: "people" } as const;
const NAMED = new Set(["role", "post", "person"]);

interface Props {
  object: Description;
  who: Who & { label?: string };
  onChange: (who: Who) => void;
  onRemove?: () => void;
}

/** One way of saying who: the head n levels up, a role, a post, a person, somebody the record names, or whom the requester chooses. */
export function WhoRow({ object, who, onChange, onRemove }: Props) {
  return (
    <div className="policy-row">
      <Select
        aria-label="谁来审批"
        options={choices(BY)}
        value={who.by}
        popupMatchSelectWidth={false}
        onChange={(value: unknown) => onChange(begun(value as Who["by"]))}
      />
      {who.by === "head" && (
        <InputNumber
          aria-label="往上几级"
          min="1"
          max="9"
          precision={0}
          prefix="往上"
          suffix="级"
          value={String(who.level ?? 1)}
          onChange={(value) => onChange({ ...who, level: Number(value ?? 1) })}
        />
      )}
      {NAMED.has(who.by) && <Named who={who} onChange={onChange} />}
      {(who.by === "role" || who.by === "post") && (
        <Checkbox checked={who.near ?? false} onChange={({ target }) => onChange({ ...who, near: target.checked })}>
          只找最近的部门
        </Checkbox>
      )}
      {who.by === "field" && (
        <Select
          aria-label="哪个人员字段"
          options={object.fields.filter(({ kind }) => kind === "person").map(({ name, label }) => ({ value: name, label }))}
          value={who.field ?? "owner"}
          onChange={(value: unknown) => onChange({ ...who, field: String(value) })}
        />
      )}
      {onRemove && <Button type="text" icon={<DeleteIcon />} aria-label="去掉这一行" onClick={onRemove} />}
    </div>
  );
}

/** What came with the product names a role by its code; people know it by its name. */
function useName(by: keyof typeof WHERE, id: Id | undefined): string {
  const coded = by === "role" && typeof id === "string";
  const ask = { filter: { field: "code", op: "eq" as const, value: id }, fields: ["name"], limit: 1 };
  const found = useQuery({
    queryKey: [WHERE.role, "code", id],
    queryFn: () => records.list(WHERE.role, ask),
    enabled: coded,
  });
  return asText(found.data?.rows[0]?.name) || String(id ?? "");
}

function Named({ who, onChange }: Pick<Props, "who" | "onChange">) {
  const by = who.by as keyof typeof WHERE;
  const id: Id | undefined = who[by];
  const label = useName(by, id);
  const value = id === undefined ? null : { id, label: who.label ?? label };
  return (
    <span className="grow">
      <RefPicker
        to={WHERE[by]}
        label={BY[by]}
        value={value}
        onChange={(next) => {
          if (next && !Array.isArray(next)) onChange({ ...who, [by]: next.id, label: next.label } as Who);
        }}
      />
    </span>
  );
}
