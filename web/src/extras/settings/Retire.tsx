/** 停用选项: how many records have chosen it, and what becomes of these. */
import { useQuery } from "@tanstack/react-query";
import { Radio } from "antd";
import { useState } from "react";
import { optionSets, type LaidOption, type OptionSet, type Uses } from "../../client/settings";
import { Ask } from "../../kit/ask";
import { Select } from "../../kit/heavy";
import { toast } from "../../kit/toast";
import type { Carry } from "./SetEditor";

export function Retire({
  set,
  option,
  carry,
  onClose,
}: {
  set: OptionSet;
  option: LaidOption;
  carry: Carry;
  onClose: () => void;
}) {
  const [instead, setInstead] = useState(false);
  const [to, setTo] = useState<string | null>(null);
  const uses = useQuery({
    queryKey: ["option-sets", set.key, option.value, "uses"],
    queryFn: () => optionSets.uses(set.key, option.value),
  });
  const used = uses.data?.reduce((sum, { count }) => sum + count, 0);
  const others = set.options.filter(({ value, retired }) => value !== option.value && !retired);
  const go = async () =>
    carry(async () => {
      const job = await optionSets.retire(set.key, option.value, instead ? to : null);
      if (job) toast.ok(`已停用“${option.label}”，正在改写用到它的记录`, { to: `/jobs/${job.id}`, text: "查看进度" });
      else toast.ok(`已停用“${option.label}”`);
    });
  return (
    <Ask title={`停用“${option.label}”`} ok="停用" danger disabled={instead && to === null} onOk={go} onClose={onClose}>
      <p>停用后不能再选它，已经选了它的记录仍能查看和筛选，也可以随时恢复使用。</p>
      <p className="retire-uses" role="status">
        {uses.data ? usedBy(uses.data) : "正在数有多少记录选了它……"}
      </p>
      {used !== undefined && used > 0 && (
        <Radio.Group
          className="retire-ways"
          value={instead}
          onChange={({ target }) => setInstead(target.value === true)}
          aria-label="选了它的记录怎么办"
          options={[
            { value: false, label: "保持不变" },
            { value: true, label: "全部改成另一个选项（后台执行，留有历史，可以撤销）" },
          ]}
        />
      )}
      {instead && (
        <Select
          className="grow"
          placeholder="改成"
          aria-label="改成"
          options={others.map(({ value, label }) => ({ value, label }))}
          value={to}
          onChange={(value: unknown) => setTo(String(value))}
        />
      )}
    </Ask>
  );
}

/** Which records have chosen it, by object. */
function usedBy(uses: Uses[]): string {
  const used = uses.filter(({ count }) => count > 0);
  if (used.length === 0) return "没有记录选了它。";
  return `${used.map(({ label, count }) => `${label} ${count} 条`).join("，")}选了它。`;
}
