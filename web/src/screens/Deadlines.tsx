/** 时限: everything that is about to run out, the most urgent first; whoever leads may stop the time for a reason. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Input, Segmented } from "antd";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import "../app/deadlines.css";
import { useRefresh } from "../app/refresh";
import { clocks, type Clock, type Whose } from "../client/clocks";
import { useDescription } from "../app/meta";
import { momentText } from "../kinds/dates";
import { Ask } from "../kit/ask";
import { useAttempt } from "../kit/useAttempt";
import { Paged } from "./Paged";

const TABS: { value: Whose; label: string }[] = [
  { value: "mine", label: "要我完成的" },
  { value: "soon", label: "七天内到期" },
  { value: "all", label: "全部" },
];

const NOTHING = { title: "没有在计时的事", hint: "有期限的事（录入客户、接单、催办等）开始计时后会在这里，先到期的排在前面。" };

export default function Deadlines() {
  const [search, setSearch] = useSearchParams();
  const whose = TABS.find(({ value }) => value === search.get("whose"))?.value ?? "mine";
  const list = useInfiniteQuery({
    queryKey: ["clocks", whose],
    queryFn: ({ pageParam }) => clocks.list(whose, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  return (
    <div className="page narrow-page deadlines">
      <title>时限 · 知客</title>
      <h1>时限</h1>
      <Segmented
        className="tabs"
        options={TABS}
        value={whose}
        onChange={(value) => setSearch({ whose: value }, { replace: true })}
      />
      <Paged list={list} empty={NOTHING}>
        {(rows) => (
          <ul className="rows">
            {rows.map((clock) => (
              <Row key={clock.id} clock={clock} />
            ))}
          </ul>
        )}
      </Paged>
    </div>
  );
}

function Row({ clock }: { clock: Clock }) {
  const object = useDescription(clock.collection);
  return (
    <li className="deadline">
      <span className="deadline-what">
        <Link to={`/${clock.collection}/${clock.record.id}`}>
          <strong>{clock.record.label}</strong>
        </Link>
        <small className="muted">
          {[object?.label, clock.label, clock.about, clock.person?.label].filter(Boolean).join(" · ")}
        </small>
      </span>
      <span className="spacer" />
      <Standing clock={clock} />
      {clock.may_pause && <Stop clock={clock} />}
    </li>
  );
}

function Standing({ clock }: { clock: Clock }) {
  if (clock.state === "paused") return <span className="badge badge-grey">已暂停</span>;
  return (
    <span className="deadline-due">
      {clock.over && <span className="badge badge-red">已到期</span>}
      <time className={clock.over ? "late figure" : "figure"} dateTime={clock.due_at}>
        {clock.last_day ?? momentText(clock.due_at)}
      </time>
    </span>
  );
}

function Stop({ clock }: { clock: Clock }) {
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState("");
  const refresh = useRefresh();
  const { busy, attempt } = useAttempt();
  const goOn = () =>
    attempt(async () => {
      await clocks.resume(clock.id);
      await refresh();
    });
  if (clock.state === "paused")
    return (
      <Button loading={busy} onClick={() => void goOn()}>
        恢复计时
      </Button>
    );
  const stop = async () => {
    await clocks.pause(clock.id, reason);
    await refresh();
  };
  return (
    <>
      <Button aria-label={`暂停“${clock.record.label}”的${clock.label}`} onClick={() => setAsking(true)}>
        暂停
      </Button>
      {asking && (
        <Ask
          title={`暂停“${clock.record.label}”的${clock.label}`}
          ok="暂停"
          disabled={!reason.trim()}
          onOk={stop}
          onClose={() => setAsking(false)}
        >
          <label className="asked">
            原因
            <Input autoFocus maxLength={300} value={reason} onChange={({ target }) => setReason(target.value)} />
          </label>
        </Ask>
      )}
    </>
  );
}
