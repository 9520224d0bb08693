import { Button } from "antd";
import { lazy, Suspense, useState } from "react";
import { may } from "../../app/meta";
import type { Action, Description, Filter, Total } from "../../client/types";
import type { Selection } from "./useSelection";

const BulkDialog = lazy(() => import("./BulkDialog"));

export type BulkTask = { kind: "edit" } | { kind: "transfer" } | { kind: "delete" } | { kind: "action"; action: Action };

interface Props { object: Description; selection: Selection; filter: Filter | null; searching: boolean; total?: Total }

/** What can be done with the chosen rows together. */
export function Bulk({ object, selection, filter, searching, total }: Props) {
  const [task, setTask] = useState<BulkTask | null>(null);
  if (!selection.some) return null;
  const count = selection.all ? `${(total?.count ?? 0).toLocaleString("zh-CN")}${total?.exact === false ? "+" : ""}` : selection.ids.size.toLocaleString("zh-CN");
  const more = !selection.all && selection.shown && !searching && (total?.count ?? 0) > selection.ids.size;
  const actions = object.actions.filter((action) => action.bulk && object.may[action.name] !== false);
  return (
    <div className="bulk" role="region" aria-label="批量操作">
      <span role="status">已选 <strong>{count}</strong> 条</span>
      {more && <Button size="small" type="link" onClick={selection.chooseAll}>选择全部符合条件的 {total?.count.toLocaleString("zh-CN")}{total?.exact ? "" : "+"} 条</Button>}
      {may(object, "change") && <Button size="small" onClick={() => setTask({ kind: "edit" })}>批量修改</Button>}
      {may(object, "transfer") && <Button size="small" onClick={() => setTask({ kind: "transfer" })}>转交</Button>}
      {actions.map((action) => <Button key={action.name} size="small" danger={action.danger} onClick={() => setTask({ kind: "action", action })}>{action.label}</Button>)}
      {may(object, "delete") && <Button size="small" danger onClick={() => setTask({ kind: "delete" })}>删除</Button>}
      <Button size="small" type="text" onClick={selection.clear}>取消选择</Button>
      {task && (
        <Suspense>
          <BulkDialog object={object} task={task} which={selection.all ? { filter } : { ids: [...selection.ids] }} done={selection.clear} onClose={() => setTask(null)} />
        </Suspense>
      )}
    </div>
  );
}
