import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { fieldOf } from "../../app/meta";
import { useRefresh } from "../../app/refresh";
import { records } from "../../client/api";
import type { Description, Field, Fields, Filter, Id, Outcome } from "../../client/types";
import { kindOf } from "../../kinds";
import { Ask } from "../../kit/ask";
import { groups } from "../../kit/groups";
import { Select } from "../../kit/heavy";
import { toast } from "../../kit/toast";
import { useDebounced } from "../../kit/useDebounced";
import { actionFields, actionInput, startInput } from "../../actions/input";
import { FieldGrid } from "../form/FieldGrid";
import { missing } from "../form/values";
import type { BulkTask } from "./Bulk";
import { forServer } from "./filters";

interface Props { object: Description; task: BulkTask; which: { ids: Id[] } | { filter: Filter | null }; done: () => void; onClose: () => void }

const TITLES = { edit: "批量修改", transfer: "批量转交", delete: "批量删除" };
const ANYBODY: Field = { name: "transfer", kind: "person", label: "新的负责人", to: "people", required: true };

/** Many records at once: first how many and which not, then the deed. */
export default function BulkDialog({ object, task, which, done, onClose }: Props) {
  const refresh = useRefresh();
  const [values, setValues] = useState<Fields>(() => (task.kind === "action" ? startInput(task.action, {}) : {}));
  const [name, setName] = useState<string | null>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const fields = fieldsFor(object, task, name);
  const ready = fields.length === 0 ? task.kind !== "edit" : Object.keys(missing(fields, values)).length === 0 && (task.kind !== "edit" || name !== null);
  const target = "ids" in which ? { ids: which.ids } : { filter: forServer(which.filter) ?? { and: [] } };
  const deed = ready ? { ...target, ...bodyFor(task, fields, values) } : null;
  const preview = usePreview(object, deed);
  const title = task.kind === "action" ? `批量${task.action.label}` : TITLES[task.kind];
  const run = async () => {
    if (!deed) return true;
    const result = await records.bulk(object.collection, deed);
    if ("kind" in result) toast.ok(`${title}已在后台进行`, { to: `/jobs/${result.id}`, text: "查看进度" });
    else toast.ok(`${title}完成：${result.done.toLocaleString("zh-CN")} 条`);
    done();
    void refresh();
    if ("kind" in result || result.refused.length === 0) return true;
    setOutcome(result);
    return false;
  };
  if (outcome) return <Ask title={title} ok="知道了" onOk={() => Promise.resolve()} onClose={onClose}><Left outcome={outcome} /></Ask>;
  return (
    <Ask title={title} ok={preview.data ? `${title} ${(preview.data.count - preview.data.refused.length).toLocaleString("zh-CN")} 条` : title} danger={task.kind === "delete"} disabled={!preview.data} onOk={run} onClose={onClose}>
      {task.kind === "edit" && (
        <Select
          className="grow" placeholder="修改哪个栏目" aria-label="修改哪个栏目" showSearch={{ optionFilterProp: "label" }} value={name} options={changeable(object)}
          onChange={(next: unknown) => { setName(String(next)); setValues({}); }}
        />
      )}
      <FieldGrid fields={fields} values={values} reasons={{}} set={(key, value) => setValues((now) => ({ ...now, [key]: value }))} />
      <Foreseen outcome={preview.data} error={preview.error} waiting={deed !== null && preview.isPending} />
    </Ask>
  );
}

function fieldsFor(object: Description, task: BulkTask, name: string | null): Field[] {
  if (task.kind === "action") return actionFields(object, task.action, null);
  if (task.kind === "transfer") return [{ ...ANYBODY, to: fieldOf(object, "owner")?.to ?? "people" }];
  const field = name === null ? undefined : fieldOf(object, name);
  return task.kind === "edit" && field ? [field] : [];
}

const changeable = (object: Description) =>
  object.fields.filter(({ readonly, kind }) => !readonly && !["lines", "number", "state"].includes(kind)).map(({ name, label }) => ({ value: name, label }));

function bodyFor(task: BulkTask, fields: Field[], values: Fields): Fields {
  const [field] = fields;
  if (task.kind === "delete") return { delete: true };
  if (task.kind === "action") return { action: task.action.name, input: actionInput(task.action, fields, values) };
  if (!field) return {};
  const value = kindOf(field).send(values[field.name] ?? kindOf(field).blank, field);
  return task.kind === "transfer" ? { transfer: value } : { set: { [field.name]: value } };
}

function usePreview(object: Description, deed: Fields | null) {
  const still = useDebounced(deed === null ? "" : JSON.stringify(deed), 250);
  return useQuery({
    queryKey: [object.collection, "bulk", still],
    queryFn: async () => (await records.bulk(object.collection, { ...(JSON.parse(still) as Fields), dry_run: true })) as Outcome,
    enabled: still !== "" && deed !== null, staleTime: 0, gcTime: 0,
  });
}

function Foreseen({ outcome, error, waiting }: { outcome?: Outcome; error: Error | null; waiting: boolean }) {
  if (error) return <p className="reason" role="alert">{error.message}</p>;
  if (!outcome) return <p className="muted" role="status">{waiting ? "正在计算会影响多少条…" : "\u00a0"}</p>;
  return (
    <div role="status">
      <p>将处理 <strong className="figure">{outcome.count.toLocaleString("zh-CN")}</strong> 条，不能处理的会保持原样并说明原因。</p>
      {outcome.refused.length > 0 && <Left outcome={outcome} />}
    </div>
  );
}

/** What was left as it was, and why. */
function Left({ outcome }: { outcome: Outcome }) {
  return (
    <>
      <p><strong className="figure">{outcome.refused.length.toLocaleString("zh-CN")}</strong> 条保持原样：</p>
      <ul className="refusals">{reasonsCounted(outcome).map(([reason, count]) => <li key={reason}>{reason} <small className="muted">{count} 条</small></li>)}</ul>
    </>
  );
}

function reasonsCounted(outcome: Outcome): [string, number][] {
  return groups(outcome.refused, ({ reason }) => reason).map(([reason, all]): [string, number] => [reason, all.length]).slice(0, 8);
}
