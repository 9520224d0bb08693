import { useInfiniteQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { fieldOf } from "../../app/meta";
import { useRefresh } from "../../app/refresh";
import { records } from "../../client/api";
import type { Change, Description, Field, HistoryEntry, Page, RecordRow } from "../../client/types";
import { nearText } from "../../kinds/dates";
import { kindOf } from "../../kinds";
import { fitting } from "../../kinds/depending";
import { asRef, isBlank } from "../../kinds/values";
import { toast } from "../../kit/toast";
import { useAttempt } from "../../kit/useAttempt";

interface Props {
  object: Description;
  record: RecordRow;
  first: Page<HistoryEntry>;
}

const VERBS: Record<string, string> = {
  create: "新建",
  insert: "新建",
  update: "修改",
  change: "修改",
  delete: "删除",
  transfer: "转交",
  import: "导入",
  mirror: "自动更新",
  undo: "撤销导入",
  add: "新建",
  reveal: "查看了完整内容",
};

/** At birth there was nothing before: what was filled in is told, and nothing can be changed back. */
const BIRTH = new Set(["create", "insert", "add"]);

/** By which way it came, where that is not simply somebody at her screen; "job:12" is a job. */
const WAYS: Record<string, string> = {
  web: "",
  api: "接口",
  import: "导入",
  undo: "撤销",
  job: "后台任务",
  cli: "命令行",
  sql: "数据库",
  clock: "定时",
  automation: "自动化",
  approval: "审批",
  alerts: "预警",
  pack: "初始数据",
  packs: "初始数据",
  form: "网站表单",
  chat: "在线咨询",
  dispatch: "自动分单",
  tracking: "客户跟踪",
  mail: "邮件",
  calendar: "日历",
};
const wayOf = (through: string) => WAYS[through.split(":")[0] ?? ""] ?? through;

/** Who changed what and when, with the old value and the new. */
export function History({ object, record, first }: Props) {
  const pages = useInfiniteQuery({
    queryKey: [object.collection, record.id, "history", record.version],
    queryFn: ({ pageParam }) => records.history(object.collection, record.id, pageParam),
    initialPageParam: "",
    getNextPageParam: (last) => last.next,
    initialData: { pages: [first], pageParams: [""] },
    staleTime: 30_000,
  });
  const entries = pages.data.pages.flatMap(({ rows }) => rows);
  return (
    <section className="panel" id="history">
      <h2>变更历史</h2>
      {entries.length === 0 && <p className="nothing-yet">还没有变更</p>}
      <ol className="history">
        {entries.map((entry, index) => (
          <Entry key={index} object={object} record={record} entry={entry} />
        ))}
      </ol>
      {pages.hasNextPage && (
        <Button size="small" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          更早的变更
        </Button>
      )}
    </section>
  );
}

interface EntryProps {
  object: Description;
  record: RecordRow;
  entry: HistoryEntry;
}

function Entry({ object, record, entry }: EntryProps) {
  const action = object.actions.find(({ name }) => name === entry.verb)?.label;
  return (
    <li>
      <p>
        <time className="muted figure" dateTime={entry.at}>
          {nearText(entry.at)}
        </time>{" "}
        <strong>{entry.actor?.label ?? "系统"}</strong> {action ?? VERBS[entry.verb] ?? entry.label ?? entry.verb}
        {entry.through && wayOf(entry.through) && <small className="muted"> · {wayOf(entry.through)}</small>}
      </p>
      <ul>
        {entry.changes.map((change) => (
          <ChangeLine key={change.field} object={object} record={record} entry={entry} change={change} />
        ))}
      </ul>
    </li>
  );
}

function ChangeLine({ object, record, entry, change }: EntryProps & { change: Change }) {
  if (entry.verb === "reveal")
    return (
      <li>
        <span className="muted">{change.label}</span>
      </li>
    );
  const told = (value: unknown) => words(fieldHere(object, entry, change.field), value, record);
  if (BIRTH.has(entry.verb))
    return (
      <li>
        <span className="muted">{change.label}</span> {isCode(change.new) ? "已填写" : told(change.new)}
      </li>
    );
  if ([change.old, change.new].some(isCode))
    return (
      <li>
        <span className="muted">{change.label}</span> 已改写
      </li>
    );
  return (
    <li>
      <span className="muted">{change.label}</span> <del>{told(change.old)}</del> → <ins>{told(change.new)}</ins>
      {mayChangeBack(object, record, entry, change) && (
        <ChangeBack object={object} record={record} entry={entry} change={change} />
      )}
    </li>
  );
}

/** Where it holds something else by now, and the person may change it. */
function mayChangeBack(object: Description, record: RecordRow, entry: HistoryEntry, { field: name, old }: Change): boolean {
  const field = fieldOf(object, name);
  if (
    !field ||
    field.readonly ||
    field.masked ||
    field.explained ||
    field.kind === "state" ||
    entry.part ||
    record.may?.change !== true
  )
    return false;
  return words(field, record[name]) !== words(field, old);
}

function ChangeBack({ object, record, entry, change }: EntryProps & { change: Change }) {
  const refresh = useRefresh();
  const { busy, attempt } = useAttempt();
  const back = async () => {
    await records.changeBack(object.collection, record.id, record.version, entry.id, [change.field]);
    await refresh();
    toast.ok(`${change.label}已改回`);
  };
  return (
    <Button
      size="small"
      type="link"
      className="change-back"
      loading={busy}
      aria-label={`把${change.label}改回${words(fieldOf(object, change.field), change.old)}`}
      onClick={() => void attempt(back)}
    >
      改回
    </Button>
  );
}

/** What a designer wrote for the program says nothing to people. */
const isCode = (value: unknown) => typeof value === "string" && /^\s*[{[]\s*["{[\]}]/.test(value);

/** Of a line, the column of its table. */
const fieldHere = (object: Description, { part }: HistoryEntry, name: string): Field | undefined =>
  part ? fieldOf(object, part)?.parts?.find((column) => column.name === name) : fieldOf(object, name);

function words(declared: Field | undefined, value: unknown, record?: RecordRow): string {
  const field = declared && fitting(declared, record); // 提交 is called otherwise from object to object
  if (isBlank(value)) return "（空）";
  const known = field && kindOf(field).text(value, field);
  return (
    known ||
    asRef(value)?.label ||
    (typeof value === "string" || typeof value === "number" ? String(value) : JSON.stringify(value))
  );
}
