/** 公司组织: the departments as a tree, and who works in each. */
import { DndContext, MouseSensor, pointerWithin, TouchSensor, useSensor, useSensors, type DragEndEvent } from "@dnd-kit/core";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { useDescription } from "../../../app/meta";
import "../../../app/company.css";
import { Problem } from "../../../kit/Problem";
import { Skeleton } from "../../../kit/Skeleton";
import NotFound from "../../../screens/NotFound";
import { Asking, type Question } from "./Asking";
import { People } from "./People";
import { Tree } from "./Tree";
import { lines, TOP, type Department } from "./tree";
import { DEPARTMENTS, PEOPLE, put, useCarry, useCompany } from "./useCompany";

export default function Company() {
  const { departments, counts } = useCompany();
  const object = useDescription(DEPARTMENTS);
  if (!object) return <NotFound />;
  if (departments.isPending)
    return (
      <div className="page">
        <Skeleton rows={12} />
      </div>
    );
  if (departments.isError) return <Problem cause={departments.error} retry={() => void departments.refetch()} />;
  return <Whole all={departments.data} counts={counts} />;
}

function Whole({ all, counts }: { all: Department[]; counts: Map<string, number> }) {
  const [search, setSearch] = useSearchParams();
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const [question, setQuestion] = useState<Question | null>(null);
  const { busy, carry } = useCarry();
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 5 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 220, tolerance: 8 } }),
  );
  const nodes = lines(all, counts, folded);
  const chosen = all.find(({ id }) => id === search.get("department")) ?? all.find(({ id }) => id === nodes[0]?.id);
  const end = ({ active, over }: DragEndEvent) => {
    const held = active.data.current as Held | undefined;
    if (held && over) moveTo(held, String(over.id));
  };
  const moveTo = ({ collection, id, label, from }: Held, to: string) => {
    if (to === from || (collection === DEPARTMENTS && to === id) || (collection === PEOPLE && to === TOP)) return;
    const field = collection === DEPARTMENTS ? "parent" : "department";
    const place = (where: string) => put(collection, id, { [field]: where === TOP ? null : Number(where) });
    const name = all.find((one) => one.id === to)?.name ?? "公司";
    void carry(
      () => place(to),
      `已把“${label}”移到“${name}”`,
      () => place(from),
    );
  };
  const fold = (id: string) =>
    setFolded((now) => {
      const next = new Set(now);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  return (
    <div className="page company">
      <title>公司组织 · 知客</title>
      <h1>公司组织</h1>
      <p className="muted">拖动部门改变上下级，把人拖到部门上调动；权限范围立刻按新的组织计算。</p>
      <DndContext sensors={sensors} collisionDetection={pointerWithin} onDragEnd={end}>
        <div className="company-body" aria-busy={busy}>
          <Tree
            nodes={nodes}
            chosen={chosen?.id}
            onChoose={(id) => setSearch({ department: id }, { replace: true })}
            onFold={fold}
            onAsk={setQuestion}
          />
          {chosen && <People key={chosen.id} department={chosen} all={all} carry={carry} onAsk={setQuestion} />}
        </div>
      </DndContext>
      {question && <Asking question={question} all={all} carry={carry} move={moveTo} onClose={() => setQuestion(null)} />}
    </div>
  );
}

/** What is being moved: a department or a person, and where it stands. */
export interface Held {
  collection: string;
  id: string;
  label: string;
  from: string;
}
