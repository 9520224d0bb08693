import { useQuery } from "@tanstack/react-query";
import { records } from "../../client/api";
import type { Id } from "../../client/types";
import { Select } from "../../kit/heavy";

/** The channels that lead outside: webhooks and robots of group chats. */
export function Channels({ value, onChange }: { value: Id[]; onChange: (value: Id[]) => void }) {
  const found = useQuery({ queryKey: ["channels", "options"], queryFn: ({ signal }) => records.options("channels", "", signal) });
  const options = (found.data?.rows ?? []).map(({ id, label }) => ({ value: id, label }));
  return (
    <Select
      className="grow"
      mode="multiple"
      aria-label="外部通道"
      placeholder="外部通道（群机器人、Webhook）"
      options={options}
      value={value}
      onChange={(next: unknown) => onChange(next as Id[])}
    />
  );
}
