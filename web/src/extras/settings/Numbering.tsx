/** 编号规则: how new records are numbered, with the next number before one's eyes. */
import { useQuery } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { useState } from "react";
import { useRefresh } from "../../app/refresh";
import "../../app/numbering.css";
import { Failure } from "../../client/http";
import { numbering, type Numbering as Rule } from "../../client/numbering";
import { Problem } from "../../kit/Problem";
import { Skeleton } from "../../kit/Skeleton";
import { toast } from "../../kit/toast";
import { PIECES, written } from "./numbers";

export default function Numbering() {
  const found = useQuery({ queryKey: ["numbering"], queryFn: numbering.list });
  if (found.isPending)
    return (
      <div className="page narrow-page">
        <Skeleton rows={8} />
      </div>
    );
  if (found.isError) return <Problem cause={found.error} retry={() => void found.refetch()} />;
  return (
    <div className="page narrow-page">
      <title>编号规则 · 知客</title>
      <h1>编号规则</h1>
      <p className="muted">只影响以后新建的记录，已有的编号不变；流水号一直往前走，换了规则也不会重号。</p>
      <dl className="number-pieces">
        {PIECES.map(({ text, says }) => (
          <div key={text}>
            <dt>{text}</dt>
            <dd className="muted">{says}</dd>
          </div>
        ))}
      </dl>
      <ul className="rows numbering">
        {found.data.map((rule) => (
          <Row key={`${rule.field} ${rule.pattern}`} rule={rule} />
        ))}
      </ul>
    </div>
  );
}

/** The pattern as it is typed, why it was refused, and the way to put it in force. */
function usePattern(rule: Rule) {
  const [typed, setTyped] = useState(rule.pattern);
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const refresh = useRefresh();
  const type = (pattern: string) => {
    setTyped(pattern);
    setReason("");
  };
  const save = async (pattern: string | null) => {
    setBusy(true);
    try {
      await numbering.change(rule.field, pattern);
      toast.ok(`${rule.object}的${rule.label}规则已改，下一条起生效`);
      await refresh();
    } catch (cause) {
      if (cause instanceof Failure && cause.reasons.pattern) setReason(cause.reasons.pattern);
      else toast.error(cause);
    }
    setBusy(false);
  };
  return { typed, type, reason, busy, save };
}

function Row({ rule }: { rule: Rule }) {
  const { typed, type, reason, busy, save } = usePattern(rule);
  const id = `pattern-${rule.field}`;
  return (
    <li>
      <label htmlFor={id}>
        <strong>{rule.object}</strong>
        <span className="muted">{rule.label}</span>
      </label>
      <div className="number-pattern">
        <Input
          id={id}
          value={typed}
          maxLength={50}
          spellCheck={false}
          disabled={busy}
          status={reason ? "error" : undefined}
          aria-describedby={`${id}-next`}
          onChange={({ target }) => type(target.value)}
          onPressEnter={() => {
            if (typed.trim() !== rule.pattern) void save(typed.trim());
          }}
        />
        <p id={`${id}-next`} className={reason ? "reason" : "muted"} role={reason ? "alert" : undefined}>
          {reason || <NextNumber sample={written(typed, rule.next)} />}
        </p>
      </div>
      <div className="number-deeds">
        {typed.trim() !== rule.pattern && (
          <Button type="primary" loading={busy} onClick={() => void save(typed.trim())}>
            保存
          </Button>
        )}
        {rule.pattern !== rule.declared && typed.trim() === rule.pattern && (
          <Button type="text" disabled={busy} title={rule.declared} onClick={() => void save(null)}>
            恢复原样
          </Button>
        )}
      </div>
    </li>
  );
}

function NextNumber({ sample }: { sample: string | null }) {
  if (sample === null) return "要有且只有一个流水号，例如 {seq:5}";
  return (
    <>
      下一个编号 <strong className="figure">{sample}</strong>
    </>
  );
}
