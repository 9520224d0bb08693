/** 审批箱: what waits for me, what I asked for, what I answered; many answered at once. */
import { Button, Input, Segmented } from "antd";
import { useState } from "react";
import { useSearchParams } from "react-router";
import "../../app/approvals.css";
import { useRefresh } from "../../app/refresh";
import { approvals, type Mine, type Request } from "../../client/approvals";
import { Empty } from "../../kit/Empty";
import { Problem } from "../../kit/Problem";
import { Skeleton } from "../../kit/Skeleton";
import { toast } from "../../kit/toast";
import { useAttempt } from "../../kit/useAttempt";
import { RequestCard } from "./RequestCard";
import { useInbox } from "./useInbox";

const TABS: { value: Mine; label: string }[] = [
  { value: "todo", label: "待我审批" },
  { value: "sent", label: "我发起的" },
  { value: "done", label: "我已处理" },
];
const NOTHING: Record<Mine, string> = { todo: "没有等您审批的申请", sent: "您还没有提交过申请", done: "您还没有处理过申请" };

export default function Inbox() {
  const [search, setSearch] = useSearchParams();
  const mine = TABS.find(({ value }) => value === search.get("mine"))?.value ?? "todo";
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [pages, setPages] = useState<number[]>([]);
  const found = useInbox(mine, pages);
  const turn = (value: Mine) => {
    setChosen(new Set());
    setPages([]);
    setSearch({ mine: value }, { replace: true });
  };
  const pick = (id: number) =>
    setChosen((now) => {
      const next = new Set(now);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  return (
    <div className="page narrow-page approvals">
      <title>审批 · 知客</title>
      <h1>审批</h1>
      <Segmented className="tabs" options={TABS} value={mine} onChange={(value) => turn(value)} />
      {chosen.size > 0 && <Batch ids={[...chosen]} onDone={() => setChosen(new Set())} />}
      {found.isPending ? (
        <Skeleton rows={6} />
      ) : found.isError ? (
        <Problem cause={found.error} retry={() => void found.refetch()} />
      ) : (
        <>
          <Cards rows={found.data.rows} chosen={mine === "todo" ? chosen : null} onPick={pick} nothing={NOTHING[mine]} />
          <p className="policy-foot">
            {pages.length > 0 && <Button onClick={() => setPages(pages.slice(0, -1))}>上一页</Button>}
            {found.data.next !== null && <Button onClick={() => setPages([...pages, Number(found.data.next)])}>下一页</Button>}
          </p>
        </>
      )}
    </div>
  );
}

function Cards({
  rows,
  chosen,
  onPick,
  nothing,
}: {
  rows: Request[];
  chosen: ReadonlySet<number> | null;
  onPick: (id: number) => void;
  nothing: string;
}) {
  if (rows.length === 0) return <Empty title={nothing} hint="需要同意的操作提交后会出现在这里，办完自动执行。" />;
  return (
    <ul className="request-cards">
      {rows.map((request) => (
        <RequestCard
          key={request.id}
          request={request}
          chosen={chosen?.has(request.id)}
          onPick={chosen ? () => onPick(request.id) : undefined}
        />
      ))}
    </ul>
  );
}

/** The same answer to all that are ticked. */
function Batch({ ids, onDone }: { ids: number[]; onDone: () => void }) {
  const [opinion, setOpinion] = useState("");
  const { busy, attempt } = useAttempt();
  const refresh = useRefresh();
  const go = (deed: "approve" | "disagree") =>
    attempt(async () => {
      const { done, refused } = await approvals.batch(ids, deed, opinion);
      toast.ok(deed === "approve" ? `已同意 ${done.length} 个申请` : `已拒绝 ${done.length} 个申请`);
      if (refused[0]) toast.error(new Error(refused[0].reason));
      onDone();
      await refresh();
    });
  return (
    <div className="approvals-batch" role="group" aria-label="批量审批">
      <span className="figure">{`已选 ${ids.length} 个`}</span>
      <Input
        value={opinion}
        maxLength={2000}
        placeholder="意见（不同意时必填）"
        aria-label="意见"
        onChange={(event) => setOpinion(event.target.value)}
      />
      <Button danger disabled={busy || opinion.trim() === ""} onClick={() => void go("disagree")}>
        不同意
      </Button>
      <Button type="primary" loading={busy} onClick={() => void go("approve")}>
        同意
      </Button>
    </div>
  );
}
