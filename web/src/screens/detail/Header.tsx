import { Button } from "antd";
import { useEffect, useState } from "react";
import { Link, useNavigate } from "react-router";
import { ActionButtons } from "../../actions/ActionButtons";
import { fieldsOf } from "../../app/meta";
import { useRefresh } from "../../app/refresh";
import { useUndo } from "../../app/useUndo";
import { records } from "../../client/api";
import type { Description, Field, Id, RecordRow } from "../../client/types";
import { Shown } from "../../kinds";
import { isBlank } from "../../kinds/values";
import { Ask } from "../../kit/ask";
import { useFormHost } from "../form/host";
import { nameOf } from "../list/GridRow";
import { lastList } from "../list/last";
import { StagePath } from "./StagePath";
import { Transfer } from "./Transfer";
import { Wholeness } from "./Wholeness";
import { LeftIcon, LinkIcon, RightIcon } from "../../kit/icons";
import { copy } from "../../kit/copy";
import Menu from "../../kit/Menu";
import { several } from "../../kit/words";

/** Only one state is the way of a record; what else it is in stands beside its name. */
export function Header({ object, record }: { object: Description; record: RecordRow }) {
  const states = object.fields.filter(({ kind }) => kind === "state");
  const path = states.find(({ name }) => name === object.board) ?? states[0];
  // What has not begun, such as 关闭确认 of an open deal, would only be one more thing to read.
  const begun = ({ name, default: start, options }: Field) =>
    !isBlank(record[name]) && record[name] !== (start ?? options?.[0]?.value);
  const others = states.filter((field) => field !== path && begun(field));
  return (
    <header className="detail-head">
      <Crumbs object={object} record={record} />
      <div className="detail-title">
        <h1>{nameOf(object, record)}</h1>
        {others.map((field) => (
          <span key={field.name} className="title-state" title={field.label}>
            <Shown field={field} value={record[field.name]} />
          </span>
        ))}
        {record.incomplete === true && <span className="badge badge-orange">资料不全</span>}
        <Wholeness object={object} record={record} />
        <span className="spacer" />
        <div className="detail-actions">
          <ActionButtons object={object} record={record} />
          <Change object={object} record={record} />
        </div>
      </div>
      <KeyFacts object={object} record={record} />
      {path && <StagePath object={object} field={path} record={record} />}
    </header>
  );
}

/** Back to the list one came from, and on to its next record. */
function Crumbs({ object, record }: { object: Description; record: RecordRow }) {
  const { address, ids } = lastList(object.collection);
  const at = ids.findIndex((id) => String(id) === String(record.id));
  const before = ids[at - 1];
  const after = at >= 0 ? ids[at + 1] : undefined;
  useStepKeys(object.collection, before, after);
  return (
    <nav className="crumbs" aria-label="位置">
      <Link to={address}>{several(object.label)}</Link>
      {at >= 0 && <span className="muted figure">{`第 ${at + 1} 条`}</span>}
      <span className="spacer" />
      <button
        type="button"
        className="plain crumb"
        title="复制链接"
        aria-label="复制链接"
        onClick={() => void copy(location.href.split("?")[0] ?? location.href, "已复制链接")}
      >
        <LinkIcon />
      </button>
      {before !== undefined && (
        <Link className="crumb" to={`/${object.collection}/${before}`} aria-label="上一条" title="上一条（K）">
          <LeftIcon />
        </Link>
      )}
      {after !== undefined && (
        <Link className="crumb" to={`/${object.collection}/${after}`} aria-label="下一条" title="下一条（J）">
          <RightIcon />
        </Link>
      )}
    </nav>
  );
}

/** J and K step through the list one came from, as long as nobody is typing. */
function useStepKeys(collection: string, before: Id | undefined, after: Id | undefined): void {
  const navigate = useNavigate();
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const typing =
        event.target instanceof HTMLElement && event.target.closest("input, textarea, select, [contenteditable], [role=dialog]");
      if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
      const to = event.key === "j" ? after : event.key === "k" ? before : undefined;
      if (to !== undefined) void navigate(`/${collection}/${to}`);
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, [collection, before, after, navigate]);
}

function KeyFacts({ object, record }: { object: Description; record: RecordRow }) {
  const names = [...new Set([...object.subtitle, ...object.columns])].filter((name) => name !== object.title);
  const told = fieldsOf(object, names)
    .filter((field) => field.kind !== "state" && field.kind !== "lines" && !isBlank(record[field.name]))
    .slice(0, 6);
  return (
    <dl className="key-facts">
      {told.map((field) => (
        <KeyFact key={field.name} field={field} record={record} />
      ))}
    </dl>
  );
}

function KeyFact({ field, record }: { field: Field; record: RecordRow }) {
  return (
    <div>
      <dt>{field.label}</dt>
      <dd>
        <Shown field={field} value={record[field.name]} row={record} />
      </dd>
    </div>
  );
}

/** Editing, handing over, deleting. */
function Change({ object, record }: { object: Description; record: RecordRow }) {
  const { open } = useFormHost();
  const [asking, setAsking] = useState<"transfer" | "delete" | null>(null);
  const items = [
    ...(object.prints
      ? [
          { key: "pdf", label: "下载 PDF" },
          { key: "docx", label: "下载 Word" },
        ]
      : []),
    ...(record.may?.transfer ? [{ key: "transfer", label: "转交" }] : []),
    ...(record.may?.delete ? [{ key: "delete", label: "删除", danger: true }] : []),
  ];
  return (
    <>
      {record.may?.change && <Button onClick={() => open({ collection: object.collection, id: record.id })}>编辑</Button>}
      {items.length > 0 && (
        <Menu
          menu={{
            items,
            onClick: ({ key }) =>
              key === "transfer" || key === "delete" ? setAsking(key) : take(records.document(object.collection, record.id, key)),
          }}
        >
          <Button aria-label="更多操作">⋯</Button>
        </Menu>
      )}
      {asking === "transfer" && <Transfer object={object} record={record} onClose={() => setAsking(null)} />}
      {asking === "delete" && <Delete object={object} record={record} onClose={() => setAsking(null)} />}
    </>
  );
}

/** The browser saves what it is led to, since the answer says it is a file. */
function take(address: string): void {
  location.assign(address);
}

function Delete({ object, record, onClose }: { object: Description; record: RecordRow; onClose: () => void }) {
  const told = useUndo();
  const navigate = useNavigate();
  const refresh = useRefresh();
  const remove = async () => {
    const gone = await records.remove(object.collection, record.id);
    told(`已删除${nameOf(object, record)}`, gone?.changeset);
    await navigate(lastList(object.collection).address);
    void refresh();
  };
  return (
    <Ask title={`删除${object.label}`} ok="删除" danger onOk={remove} onClose={onClose}>
      <p>确定删除“{nameOf(object, record)}”吗？</p>
    </Ask>
  );
}
