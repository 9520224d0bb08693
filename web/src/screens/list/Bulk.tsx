import { Button } from "antd";
import { lazy, Suspense, useState } from "react";
import { useNavigate } from "react-router";
import { may } from "../../app/meta";
import type { Action, Description, Field, Filter, Id, Total } from "../../client/types";
import { MoreIcon } from "../../kit/icons";
import Menu from "../../kit/Menu";
import { usePhone } from "../../kit/useMedia";
import { FEWEST, MOST } from "../merge/choice";
import type { Selection } from "./useSelection";

const BulkDialog = lazy(() => import("./BulkDialog"));
const JobDialog = lazy(() => import("../jobs/JobDialog"));

export type BulkTask =
  | { kind: "edit" }
  | { kind: "tag"; field: Field }
  | { kind: "transfer" }
  | { kind: "delete" }
  | { kind: "action"; action: Action };

/** Some by hand, or all that match. */
export type Which = { ids: Id[] } | { filter: Filter | null; q: string };

interface Props {
  object: Description;
  selection: Selection;
  filter: Filter | null;
  q: string;
  total?: Total;
}

/** What can be done with the chosen rows together. */
export function Bulk({ object, selection, filter, q, total }: Props) {
  const [asked, setAsked] = useState<{ task: BulkTask; which: Which } | null>(null);
  const [job, setJob] = useState<{ id: Id; title: string } | null>(null);
  const count = selection.all ? told(total) : selection.ids.size.toLocaleString("zh-CN");
  const more = !selection.all && (total?.count ?? 0) > selection.ids.size;
  // Who was meant is settled when the dialog opens: it still tells what came of it when nothing is chosen any more.
  const begin = (task: BulkTask) => setAsked({ task, which: selection.all ? { filter, q } : { ids: [...selection.ids] } });
  return (
    <>
      {selection.some && (
        <div className="bulk" role="region" aria-label="批量操作">
          <span role="status">
            已选 <strong className="figure">{count}</strong> 条
          </span>
          {more && <Button size="small" type="link" onClick={selection.chooseAll}>{`选择全部 ${told(total)} 条`}</Button>}
          <Deeds object={object} onTask={begin} />
          <Join object={object} selection={selection} />
          <Button size="small" type="text" onClick={selection.clear}>
            取消选择
          </Button>
        </div>
      )}
      <Suspense>
        {asked && (
          <BulkDialog
            object={object}
            {...asked}
            done={selection.clear}
            onJob={(id, title) => setJob({ id, title })}
            onClose={() => setAsked(null)}
          />
        )}
        {job && <JobDialog id={job.id} title={job.title} onClose={() => setJob(null)} />}
      </Suspense>
    </>
  );
}

/** A few of the same thing become one. */
function Join({ object, selection }: { object: Description; selection: Selection }) {
  const navigate = useNavigate();
  const few = !selection.all && selection.ids.size >= FEWEST && selection.ids.size <= MOST;
  if (!object.merge || !few || !may(object, "change") || !may(object, "delete")) return null;
  return (
    <Button size="small" onClick={() => void navigate(`/merge/${object.collection}?ids=${[...selection.ids].join(",")}`)}>
      合并
    </Button>
  );
}

const told = (total?: Total) => `${(total?.count ?? 0).toLocaleString("zh-CN")}${total?.exact === false ? "+" : ""}`;

interface Deed {
  key: string;
  label: string;
  danger: boolean;
  task: BulkTask;
}

function deedsOf(object: Description): Deed[] {
  const plain: Deed[] = [];
  if (may(object, "change")) {
    plain.push({ key: "edit", label: "批量修改", danger: false, task: { kind: "edit" } });
    for (const field of object.fields.filter(({ kind, readonly }) => kind === "tags" && !readonly))
      plain.push({ key: `tag-${field.name}`, label: `加减${field.label}`, danger: false, task: { kind: "tag", field } });
  }
  if (may(object, "transfer")) plain.push({ key: "transfer", label: "转交", danger: false, task: { kind: "transfer" } });
  const actions = object.actions.filter((action) => action.bulk && object.may[action.name] !== false);
  const taken = actions.map((action): Deed => ({
    key: action.name,
    label: action.label,
    danger: action.danger,
    task: { kind: "action", action },
  }));
  return [
    ...plain,
    ...taken,
    ...(may(object, "delete") ? [{ key: "delete", label: "删除", danger: true, task: { kind: "delete" as const } }] : []),
  ];
}

const ROOM = 6;

/** As many as there is room for; the rest behind one button. */
function Deeds({ object, onTask }: { object: Description; onTask: (task: BulkTask) => void }) {
  const deeds = deedsOf(object);
  const room = usePhone() ? 2 : ROOM;
  const [near, far] = deeds.length <= room + 1 ? [deeds, []] : [deeds.slice(0, room), deeds.slice(room)];
  return (
    <>
      {near.map(({ key, label, danger, task }) => (
        <Button key={key} size="small" danger={danger} onClick={() => onTask(task)}>
          {label}
        </Button>
      ))}
      {far.length > 0 && (
        <Menu
          menu={{
            items: far.map(({ key, label, danger }) => ({ key, label, danger })),
            onClick: ({ key }) => {
              const deed = far.find((one) => one.key === key);
              if (deed) onTask(deed.task);
            },
          }}
        >
          <Button size="small" icon={<MoreIcon />} aria-label="更多批量操作" />
        </Menu>
      )}
    </>
  );
}
