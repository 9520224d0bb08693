import { closestCenter, DndContext, KeyboardSensor, PointerSensor, useSensor, useSensors } from "@dnd-kit/core";
import { arrayMove, SortableContext, sortableKeyboardCoordinates, verticalListSortingStrategy } from "@dnd-kit/sortable";
import { Button, Input } from "antd";
import { useState } from "react";
import { optionSets, type LaidOption, type OptionSet } from "../../client/settings";
import { PlusIcon } from "../../kit/icons";
import { OptionRow } from "./OptionRow";
import { Retire } from "./Retire";

/** Carries out a change and draws everything anew; false when it was refused. */
export type Carry = (deed: () => Promise<unknown>) => Promise<boolean>;

export function SetEditor({ set, busy, carry }: { set: OptionSet; busy: boolean; carry: Carry }) {
  const [retiring, setRetiring] = useState<LaidOption | null>(null);
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const values = set.options.map(({ value }) => value);
  const move = (from: string, to: string) =>
    void carry(() => optionSets.order(set.key, arrayMove(values, values.indexOf(from), values.indexOf(to))));
  return (
    <section className="panel" aria-label={set.label} aria-busy={busy}>
      <div className="panel-head">
        <h2>{set.label}</h2>
        <span className="muted">{`共 ${set.options.length} 个选项`}</span>
      </div>
      <DndContext
        sensors={sensors}
        collisionDetection={closestCenter}
        onDragEnd={({ active, over }) => {
          if (over && over.id !== active.id) move(String(active.id), String(over.id));
        }}
      >
        <SortableContext items={values} strategy={verticalListSortingStrategy} disabled={busy}>
          <ol className="options">
            {set.options.map((option) => (
              <OptionRow
                key={`${option.value} ${option.label}`}
                set={set}
                option={option}
                busy={busy}
                carry={carry}
                onRetire={() => setRetiring(option)}
              />
            ))}
          </ol>
        </SortableContext>
      </DndContext>
      {set.closed ? (
        <p className="option-closed">{`不能增加选项：${set.closed}。`}</p>
      ) : (
        <Adding set={set} busy={busy} carry={carry} />
      )}
      {retiring && <Retire set={set} option={retiring} carry={carry} onClose={() => setRetiring(null)} />}
    </section>
  );
}

function Adding({ set, busy, carry }: { set: OptionSet; busy: boolean; carry: Carry }) {
  const [label, setLabel] = useState("");
  const add = async () => {
    if (label.trim() && (await carry(() => optionSets.add(set.key, label.trim())))) setLabel("");
  };
  return (
    <div className="option-add">
      <Input
        value={label}
        maxLength={40}
        placeholder="新选项的名称"
        aria-label="新选项的名称"
        disabled={busy}
        onChange={(event) => setLabel(event.target.value)}
        onPressEnter={() => void add()}
      />
      <Button icon={<PlusIcon />} disabled={!label.trim()} loading={busy} onClick={() => void add()}>
        添加选项
      </Button>
      {set.kind === "state" && <span className="muted">新阶段与未结束的阶段并列，可以推进到它，也可以从它结束。</span>}
    </div>
  );
}
