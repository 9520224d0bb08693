import { useQuery } from "@tanstack/react-query";
import { Checkbox } from "antd";
import { useState } from "react";
import { fieldOf } from "../../app/meta";
import { useRefresh } from "../../app/refresh";
import { useUndo } from "../../app/useUndo";
import { records } from "../../client/api";
import type { Description, Field, Fields, Id, Outcome } from "../../client/types";
import { kindOf } from "../../kinds";
import { asTexts, isBlank } from "../../kinds/values";
import { Ask } from "../../kit/ask";
import { Select } from "../../kit/heavy";
import { useDebounced } from "../../kit/useDebounced";
import { actionFields, actionInput, startInput } from "../../actions/input";
import { Along, goingAlong, offeredOf } from "../detail/Along";
import { FieldGrid } from "../form/FieldGrid";
import { Left } from "../jobs/Left";
import { missing } from "../form/values";
import type { BulkTask, Which } from "./Bulk";
import { forServer } from "./filters";

interface Props {
  object: Description;
  task: BulkTask;
  which: Which;
  done: () => void;
  /** There were so many that a worker does it. */
  onJob: (id: Id, title: string) => void;
  onClose: () => void;
}

const TITLES = { edit: "批量修改", tag: "加减标签", transfer: "批量转交", delete: "批量删除" };
const ANYBODY: Field = { name: "transfer", kind: "person", label: "新的负责人", to: "people", required: true };

/** Many records at once: first how many, and who cannot and why; then the deed. */
export default function BulkDialog({ object, task, which, done, onJob, onClose }: Props) {
  const refresh = useRefresh();
  const told = useUndo();
  const [values, setValues] = useState<Fields>(() => (task.kind === "action" ? startInput(task.action, {}) : {}));
  const [name, setName] = useState<string | null>(null);
  const [emptying, setEmptying] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const fields = fieldsFor(object, task, name);
  const deed = isReady(task, fields, values, emptying) ? { ...targetOf(which), ...bodyFor(task, fields, values) } : null;
  const preview = usePreview(object, deed);
  const offered = offeredOf(preview.data?.along);
  const title = task.kind === "action" ? `批量${task.action.label}` : TITLES[task.kind];
  const choose = (next: string) => {
    setName(next);
    setValues({});
    setEmptying(false);
  };
  const run = async () => {
    if (!deed) return true;
    const along = goingAlong(offered, left);
    const result = await records.bulk(object.collection, along.length > 0 ? { ...deed, along } : deed);
    if ("kind" in result) onJob(result.id, title);
    else told(resultText(title, result), result.changeset);
    done();
    void refresh();
    if ("kind" in result || result.refused.length === 0) return true;
    setOutcome(result);
    return false;
  };
  if (outcome) return <Refused title={title} object={object} outcome={outcome} onClose={onClose} />;
  const will = preview.data ? willDo(preview.data) : 0;
  return (
    <Ask
      title={title}
      ok={preview.data ? `${title} ${will.toLocaleString("zh-CN")} 条` : title}
      danger={task.kind === "delete"}
      disabled={!preview.data || will === 0}
      onOk={run}
      onClose={onClose}
    >
      {task.kind === "edit" && <FieldChoice object={object} name={name} onChange={choose} />}
      <FieldGrid
        fields={fields}
        values={values}
        reasons={{}}
        set={(key, value) => setValues((now) => ({ ...now, [key]: value }))}
      />
      {task.kind === "edit" && fields.some((field) => mayBeEmptied(field, values)) && (
        <Checkbox checked={emptying} onChange={({ target }) => setEmptying(target.checked)}>
          清空这一栏
        </Checkbox>
      )}
      <Along offered={offered} left={left} onChange={setLeft} />
      <Foreseen object={object} outcome={preview.data} error={preview.error} waiting={deed !== null && preview.isPending} />
    </Ask>
  );
}

function FieldChoice({ object, name, onChange }: { object: Description; name: string | null; onChange: (name: string) => void }) {
  return (
    <Select
      className="grow"
      placeholder="修改哪个栏目"
      aria-label="修改哪个栏目"
      showSearch={{ optionFilterProp: "label" }}
      value={name}
      options={changeable(object)}
      onChange={(next: unknown) => onChange(String(next))}
    />
  );
}

interface RefusedProps {
  title: string;
  object: Description;
  outcome: Outcome;
  onClose: () => void;
}

/** Done, but not to all: those that were left, and why. */
function Refused({ title, object, outcome, onClose }: RefusedProps) {
  return (
    <Ask title={title} ok="知道了" onOk={() => Promise.resolve()} onClose={onClose}>
      <Left rows={outcome.refused} collection={object.collection} />
    </Ask>
  );
}

const targetOf = (which: Which): Fields =>
  "ids" in which
    ? { ids: which.ids }
    : { filter: forServer(which.filter) ?? { and: [] }, ...(which.q.trim() && { q: which.q.trim() }) };

/** To say nothing is not to say that nothing shall stand there: that is ticked. */
const mayBeEmptied = ({ kind, name, required }: Field, values: Fields) =>
  kind !== "boolean" && required !== true && isBlank(values[name]);

function isReady(task: BulkTask, fields: Field[], values: Fields, emptying: boolean): boolean {
  if (task.kind === "edit" && !emptying && fields.some((field) => mayBeEmptied(field, values))) return false;
  if (task.kind === "tag") return fields.some(({ name }) => !isBlank(values[name]));
  if (task.kind === "edit" && fields.length === 0) return false;
  return Object.keys(missing(fields, values)).length === 0;
}

function fieldsFor(object: Description, task: BulkTask, name: string | null): Field[] {
  if (task.kind === "action") return actionFields(object, task.action, null);
  if (task.kind === "transfer") return [{ ...ANYBODY, to: fieldOf(object, "owner")?.to ?? "people" }];
  if (task.kind === "tag")
    return [
      { ...task.field, name: "add", label: `加上的${task.field.label}`, required: false },
      { ...task.field, name: "remove", label: `去掉的${task.field.label}`, required: false },
    ];
  const field = name === null ? undefined : fieldOf(object, name);
  return task.kind === "edit" && field ? [field] : [];
}

const changeable = (object: Description) =>
  object.fields
    .filter(({ readonly, kind }) => !readonly && !["lines", "number", "state"].includes(kind))
    .map(({ name, label }) => ({ value: name, label }));

function bodyFor(task: BulkTask, fields: Field[], values: Fields): Fields {
  if (task.kind === "delete") return { delete: true };
  if (task.kind === "action") return { action: task.action.name, input: actionInput(task.action, fields, values) };
  if (task.kind === "tag") return { tag: { field: task.field.name, add: asTexts(values.add), remove: asTexts(values.remove) } };
  const [field] = fields;
  if (!field) return {};
  const value = kindOf(field).send(values[field.name] ?? kindOf(field).blank, field);
  return task.kind === "transfer" ? { transfer: value } : { set: { [field.name]: value } };
}

function usePreview(object: Description, deed: Fields | null) {
  const still = useDebounced(deed === null ? "" : JSON.stringify(deed), 250);
  return useQuery({
    queryKey: [object.collection, "bulk", still],
    queryFn: async () => (await records.bulk(object.collection, { ...(JSON.parse(still) as Fields), dry_run: true })) as Outcome,
    enabled: still !== "" && deed !== null,
    staleTime: 0,
    gcTime: 0,
  });
}

interface ForeseenProps {
  object: Description;
  outcome?: Outcome;
  error: Error | null;
  waiting: boolean;
}

function Foreseen({ object, outcome, error, waiting }: ForeseenProps) {
  if (error)
    return (
      <p className="reason" role="alert">
        {error.message}
      </p>
    );
  if (!outcome)
    return (
      <p className="muted" role="status">
        {waiting ? "正在试算会影响多少条…" : "\u00a0"}
      </p>
    );
  const tried = outcome.count <= AT_ONCE;
  return (
    <div role="status" className="foreseen">
      <p>
        将处理 <strong className="figure">{willDo(outcome).toLocaleString("zh-CN")}</strong> 条
        {tried ? "。" : "，在后台进行；不能处理的会保持原样并说明原因。"}
      </p>
      {outcome.same > 0 && <p className="muted">{`另有 ${outcome.same.toLocaleString("zh-CN")} 条本来就是这样，不用改。`}</p>}
      <Left rows={outcome.refused} collection={object.collection} />
    </div>
  );
}

/** Above this many the server counts, and a worker finds out the rest. */
const AT_ONCE = 1000;

const willDo = ({ count, same, refused }: Outcome): number => count - same - refused.length;

/** As many as can be taken back. */
const resultText = (title: string, { done, same }: Outcome): string =>
  `${title}完成：${done.toLocaleString("zh-CN")} 条${same > 0 ? `，另有 ${same.toLocaleString("zh-CN")} 条本来就是这样` : ""}`;
