/** 选项与阶段: every set of options in one place, changed where it is read. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Input } from "antd";
import { useCallback, useState } from "react";
import { useSearchParams } from "react-router";
import { useRefresh } from "../../app/refresh";
import "../../app/settings.css";
import { optionSets, type OptionSet } from "../../client/settings";
import { Select } from "../../kit/heavy";
import { Problem } from "../../kit/Problem";
import { Skeleton } from "../../kit/Skeleton";
import { useAttempt } from "../../kit/useAttempt";
import { usePhone } from "../../kit/useMedia";
import { SetEditor } from "./SetEditor";

const SETS = ["option-sets"];

export default function Options() {
  const sets = useQuery({ queryKey: SETS, queryFn: optionSets.list });
  const [search, setSearch] = useSearchParams();
  if (sets.isPending)
    return (
      <div className="page">
        <Skeleton rows={12} />
      </div>
    );
  if (!sets.data) return <Problem cause={sets.error} retry={() => void sets.refetch()} />;
  const chosen = sets.data.find(({ key }) => key === search.get("set")) ?? sets.data[0];
  return (
    <div className="page option-sets">
      <title>选项与阶段 · 知客</title>
      <h1>选项与阶段</h1>
      <p className="muted">改动立即对所有人生效；停用的选项仍能查看和筛选，只是不能再选。共用一组选项的字段一起改。</p>
      <div className="option-body">
        <Sets sets={sets.data} chosen={chosen} choose={(key) => setSearch({ set: key }, { replace: true })} />
        {chosen && <Chosen key={chosen.key} set={chosen} />}
      </div>
    </div>
  );
}

interface SetsProps {
  sets: OptionSet[];
  chosen?: OptionSet;
  choose: (key: string) => void;
}

/** All sets, found by a word of their names: a list at the side, or one line on a phone. */
function Sets({ sets, chosen, choose }: SetsProps) {
  const [word, setWord] = useState("");
  const phone = usePhone();
  if (phone)
    return (
      <Select
        className="grow"
        aria-label="选项组"
        showSearch={{ optionFilterProp: "label" }}
        value={chosen?.key}
        options={sets.map(({ key, label }) => ({ value: key, label }))}
        onChange={(key: unknown) => choose(String(key))}
      />
    );
  const found = sets.filter(({ label, options }) =>
    [label, ...options.map((option) => option.label)].some((text) => text.toLowerCase().includes(word.trim().toLowerCase())),
  );
  return (
    <nav aria-label="选项组">
      <Input
        allowClear
        value={word}
        placeholder="按字段或选项查找"
        aria-label="按字段或选项查找"
        onChange={({ target }) => setWord(target.value)}
      />
      <ul>
        {found.map((set) => (
          <li key={set.key}>
            <button type="button" className="plain" aria-current={set === chosen} onClick={() => choose(set.key)}>
              {set.label}
              <small className="muted figure">{set.options.length}</small>
            </button>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className="nothing-yet">没有找到</p>}
    </nav>
  );
}

/** The set on the right; while a change is on its way nothing else is changed. */
function Chosen({ set }: { set: OptionSet }) {
  const { busy, attempt } = useAttempt();
  const queries = useQueryClient();
  const refresh = useRefresh();
  const carry = useCallback(
    (deed: () => Promise<unknown>) =>
      attempt(async () => {
        await deed();
        await Promise.all([refresh(), queries.invalidateQueries({ queryKey: ["meta"] })]);
      }),
    [attempt, queries, refresh],
  );
  return <SetEditor set={set} busy={busy} carry={carry} />;
}
