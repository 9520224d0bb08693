import { useQuery } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { may, useDescription, useMeta } from "../../app/meta";
import { records } from "../../client/api";
import { reports, type Report } from "../../client/reports";
import { nearText } from "../../kinds/dates";
import { asRef } from "../../kinds/values";
import { Empty } from "../../kit/Empty";
import { MoreIcon, PlusIcon, SearchIcon } from "../../kit/icons";
import Menu from "../../kit/Menu";
import { OPENNESS } from "../../kit/openness";
import { Problem } from "../../kit/Problem";
import { Skeleton } from "../../kit/Skeleton";
import { toast } from "../../kit/toast";
import { PICTURES } from "./words";
import "../../app/reports.css";

/** Every report one owns or was given. */
export default function Reports() {
  const navigate = useNavigate();
  const [typed, setTyped] = useState("");
  const object = useDescription("reports");
  const kept = useQuery({ queryKey: ["reports", "all"], queryFn: reports.all });
  const { objects } = useMeta();
  const rows = (kept.data ?? []).filter(({ name, collection }) => collection in objects && name.includes(typed.trim()));
  return (
    <div className="page">
      <title>报表 · 知客</title>
      <div className="list-head page-head">
        <h1>报表</h1>
        <Input
          className="quick-filter"
          prefix={<SearchIcon />}
          allowClear
          placeholder="按名称查找"
          aria-label="按名称查找"
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
        <span className="spacer" />
        <Link to="/report-subscriptions" className="desktop">
          定时发送
        </Link>
        {object && may(object, "add") && (
          <Button type="primary" icon={<PlusIcon />} onClick={() => void navigate("/reports/new")}>
            新建报表
          </Button>
        )}
      </div>
      {kept.isPending && <Skeleton rows={8} />}
      {kept.isError && <Problem cause={kept.error} />}
      {kept.data?.length === 0 && (
        <Empty title="还没有报表" hint="选一个对象，点几下就能得到表格或图形；可以共享、放到仪表盘、定时发送。">
          <Link to="/reports/new">新建第一张报表</Link>
        </Empty>
      )}
      {rows.length > 0 && (
        <ul className="report-list">
          {rows.map((report) => (
            <Row key={report.id} report={report} onDone={() => void kept.refetch()} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Row({ report, onDone }: { report: Report; onDone: () => void }) {
  const { me, objects } = useMeta();
  const mine = asRef(report.owner)?.id === me.id;
  const share = OPENNESS.find(({ value }) => value === report.share)?.label;
  const remove = () => void records.remove("reports", report.id).then(onDone).catch(toast.error);
  return (
    <li>
      <Link to={`/reports/${report.id}`}>
        <strong>{report.name}</strong>
        <span className="muted">
          {objects[report.collection]?.label} · {PICTURES[report.picture]}
        </span>
        <span className="muted desktop">{mine ? share : asRef(report.owner)?.label}</span>
        <time className="muted desktop">{nearText(report.updated_at)}</time>
      </Link>
      {mine && (
        <Menu menu={{ items: [{ key: "remove", label: "删除报表", danger: true }], onClick: remove }}>
          <Button type="text" icon={<MoreIcon />} aria-label={`${report.name}的操作`} />
        </Menu>
      )}
    </li>
  );
}
