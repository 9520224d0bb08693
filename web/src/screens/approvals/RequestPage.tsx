/** One request from top to bottom: what would change, the way it takes, what everybody said, and one's own answer. */
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router";
import "../../app/approvals.css";
import { useDescription, useMeta } from "../../app/meta";
import { approvals, type Deed, type LogLine, type RouteStep, type WholeRequest } from "../../client/approvals";
import { files, records } from "../../client/api";
import { nearText } from "../../kinds/dates";
import { Problem } from "../../kit/Problem";
import { Skeleton } from "../../kit/Skeleton";
import { Overview } from "../detail/Overview";
import { Answer } from "./Answer";
import { Changes } from "./Changes";
import { StateBadge } from "./RequestCard";
import { ANSWERS, DEEDS, logged } from "./words";

export default function RequestPage() {
  const { id = "" } = useParams();
  const found = useQuery({ queryKey: ["approvals", "one", id], queryFn: () => approvals.get(id) });
  if (found.isPending)
    return (
      <div className="page">
        <Skeleton rows={10} />
      </div>
    );
  if (found.isError) return <Problem cause={found.error} retry={() => void found.refetch()} />;
  return <Whole request={found.data} />;
}

function Whole({ request }: { request: WholeRequest }) {
  const [deed, setDeed] = useState<Deed | null>(null);
  return (
    <div className="page approvals">
      <title>{`${request.title} · 审批 · 知客`}</title>
      <p className="muted crumbs">
        <Link to="/approvals">审批</Link>
        <span>{request.policy}</span>
      </p>
      <h1 className="request-line">
        {`${request.what}：${request.title}`} <StateBadge state={request.state} />
      </h1>
      <p className="muted request-line request-head">
        <span>{request.requester.label}</span>
        <time>{nearText(request.created_at)}</time>
        <Opened request={request} />
        {request.due_at && <span>{`办理时限 ${nearText(request.due_at)}`}</span>}
      </p>
      {request.reason && (
        <p className="notice notice-error" role="alert">
          {request.reason}
        </p>
      )}
      <div className="request-body">
        <div>
          <section className="panel">
            <div className="panel-head">
              <h2>申请内容</h2>
            </div>
            <Changes changes={request.changes} />
          </section>
          <About request={request} />
          <Log lines={request.log} />
        </div>
        <section className="panel">
          <div className="panel-head">
            <h2>审批流程</h2>
          </div>
          <Route steps={request.steps} />
        </section>
      </div>
      {request.may.length > 0 && (
        <div className="request-deeds">
          {request.may.map((name) => (
            <Button
              key={name}
              type={name === "approve" || name === "choose" ? "primary" : "default"}
              danger={name === "disagree"}
              onClick={() => setDeed(name)}
            >
              {DEEDS[name]}
            </Button>
          ))}
        </div>
      )}
      {deed && <Answer request={request} deed={deed} onClose={() => setDeed(null)} />}
    </div>
  );
}

/** Nobody agrees to what she has not seen: the record itself, as far as she may open it. */
function About({ request: { collection, record } }: { request: WholeRequest }) {
  const object = useDescription(collection);
  const found = useQuery({
    queryKey: [collection, record, "asked for"],
    queryFn: () => records.get(collection, record ?? ""),
    enabled: object !== undefined && record !== null,
    retry: false,
  });
  return object && found.data ? <Overview object={object} record={found.data} /> : null;
}

function Opened({ request: { collection, record, object } }: { request: WholeRequest }) {
  const { objects } = useMeta();
  return record !== null && collection in objects ? <Link to={`/${collection}/${record}`}>{`打开${object}`}</Link> : null;
}

const HOW = { any: "任一人同意", all: "全部同意（会签）", sequence: "依次同意" };

function Route({ steps }: { steps: RouteStep[] }) {
  const at = steps.findIndex(({ now }) => now);
  return (
    <ol className="route">
      {steps.map((step, place) => (
        <li
          key={place}
          className={
            step.now ? "now" : place < at || (at < 0 && step.people.some(({ state }) => state === "agreed")) ? "passed" : ""
          }
          aria-current={step.now ? "step" : undefined}
        >
          <strong>{step.name}</strong> {step.people.length > 1 && <small className="muted">{HOW[step.rule]}</small>}
          <ul>
            {step.people.map(({ id, label, state }) => (
              <li key={id}>
                {label}
                {ANSWERS[state] && <small className="muted"> {ANSWERS[state]}</small>}
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}

function Log({ lines }: { lines: LogLine[] }) {
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>办理记录</h2>
      </div>
      <ol className="request-log">
        {lines.map((line) => (
          <li key={line.at}>
            <span className="request-line">
              <strong>{line.actor.label}</strong>
              <span>{logged(line.deed)}</span>
              <small className="muted">{line.step}</small>
              <span className="spacer" />
              <time className="muted">{nearText(line.at)}</time>
            </span>
            {line.opinion && <p>{line.opinion}</p>}
            {line.files.map((file) => (
              <a key={file.id} href={files.link(file.id)} target="_blank" rel="noreferrer">
                {file.name}
              </a>
            ))}
          </li>
        ))}
      </ol>
    </section>
  );
}
