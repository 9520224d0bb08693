import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useRefresh } from "../../../app/refresh";
import { layouts, type Layout } from "../../../client/layouts";
import type { Description, Ref } from "../../../client/types";
import { Problem } from "../../../kit/Problem";
import { Skeleton } from "../../../kit/Skeleton";
import { toast } from "../../../kit/toast";
import { useAttempt } from "../../../kit/useAttempt";
import { arrangementOf, laidOut, same, type Table } from "./arrange";
import { Boxes } from "./Boxes";
import { Preview } from "./Preview";

export function Editor({ role, object }: { role: Ref; object: Description }) {
  const found = useQuery({
    queryKey: ["layouts", String(role.id), object.collection],
    queryFn: () => layouts.read(role.id, object.collection),
  });
  if (found.isPending) return <Skeleton rows={10} />;
  if (found.isError) return <Problem cause={found.error} retry={() => void found.refetch()} />;
  return <Workbench key={found.data.record?.version ?? 0} layout={found.data} object={object} />;
}

/** Arranged on the left, tried out on the right; nothing is in force before it is saved. */
function Workbench({ layout, object }: { layout: Layout; object: Description }) {
  const [before] = useState<Table>(() => laidOut(object, layout, layout.declared));
  const [table, setTable] = useState(before);
  const { busy, attempt } = useAttempt();
  const queries = useQueryClient();
  const refresh = useRefresh();
  const dirty = !same(before, table);
  const carry = (deed: () => Promise<unknown>, said: string) =>
    attempt(async () => {
      await deed();
      await Promise.all([refresh(), queries.invalidateQueries({ queryKey: ["meta"] })]);
      toast.ok(said);
    });
  const save = () =>
    carry(
      () => layouts.save(layout.role.id, layout.collection, arrangementOf(table, layout.declared), layout.record?.version),
      `“${layout.role.label}”的${object.label}页面已调整`,
    );
  const drop = () =>
    carry(() => layouts.drop(layout.role.id, layout.collection), `“${layout.role.label}”的${object.label}页面恢复了原样`);
  return (
    <div className="layout-work">
      <section className="panel" aria-label="布局" aria-busy={busy}>
        <Boxes object={object} table={table} change={setTable} />
        <div className="layout-foot">
          <Button type="primary" disabled={!dirty} loading={busy} onClick={() => void save()}>
            保存布局
          </Button>
          {dirty && <Button onClick={() => setTable(before)}>放弃修改</Button>}
          <span className="spacer" />
          {layout.record && (
            <Button type="text" danger disabled={busy} onClick={() => void drop()}>
              恢复原样
            </Button>
          )}
        </div>
      </section>
      <Preview object={object} arrangement={arrangementOf(table, layout.declared)} />
    </div>
  );
}
