/** Arranging one's desk: cards are dragged by hand or by keyboard, taken away, added, and put back as they were at first. */
import {
  closestCenter,
  DndContext,
  KeyboardSensor,
  PointerSensor,
  TouchSensor,
  useSensor,
  useSensors,
  type DndContextProps,
} from "@dnd-kit/core";
import { rectSortingStrategy, SortableContext, sortableKeyboardCoordinates, useSortable } from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useDescription } from "../../app/meta";
import type { HomeCard } from "../../client/desk";
import { reports } from "../../client/reports";
import { CloseIcon, HolderIcon, PlusIcon, UndoIcon } from "../../kit/icons";
import Menu from "../../kit/Menu";
import { DeskCard, spanOf } from "./HomeCards";
import { pinnedName, useLayout } from "./layout";

export default function Arrange({ onDone }: { onDone: () => void }) {
  const { shown: standing, absent, own, add, remove, move, reset } = useLayout();
  const pins = usePins();
  const shown = standing.map((card) => ({ ...card, label: pins.find(({ name }) => name === card.name)?.label ?? card.label }));
  const free = pins.filter(({ name }) => !shown.some((card) => card.name === name));
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 150, tolerance: 8 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  return (
    <>
      <div className="arrange-bar" role="toolbar" aria-label="调整工作台">
        <p>拖动卡片调整次序，改动会自动保存。</p>
        <span className="spacer" />
        <Menu
          disabled={absent.length + free.length === 0}
          menu={{
            items: [
              ...asItems(absent),
              ...(free.length > 0 ? [{ type: "group" as const, label: "报表", children: asItems(free) }] : []),
            ],
            onClick: ({ key }) => add(key),
            className: "arrange-menu",
          }}
        >
          <Button icon={<PlusIcon />}>添加卡片</Button>
        </Menu>
        <Button icon={<UndoIcon />} disabled={!own} onClick={reset}>
          恢复默认
        </Button>
        <Button type="primary" onClick={onDone}>
          完成
        </Button>
      </div>
      <DndContext
        sensors={sensors}
        collisionDetection={closestCenter}
        accessibility={words(shown)}
        onDragEnd={({ active, over }) => {
          if (over && over.id !== active.id) move(String(active.id), String(over.id));
        }}
      >
        <SortableContext items={shown.map(({ name }) => name)} strategy={rectSortingStrategy}>
          <div className="desk arranging">
            {shown.map((card) => (
              <Movable key={card.name} card={card} onRemove={() => remove(card.name)} />
            ))}
          </div>
        </SortableContext>
      </DndContext>
    </>
  );
}

const asItems = (cards: { name: string; label: string }[]) => cards.map(({ name, label }) => ({ key: name, label }));

/** The reports she may open, as cards that can be put on the desk. */
function usePins() {
  const known = useDescription("reports") !== undefined;
  const kept = useQuery({ queryKey: ["reports", "all"], queryFn: reports.all, enabled: known });
  return (kept.data ?? []).map(({ id, name }) => ({ name: pinnedName(id), label: name }));
}

function Movable({ card, onRemove }: { card: HomeCard; onRemove: () => void }) {
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({
    id: card.name,
  });
  const tools = (
    <span className="desk-tools">
      <button
        ref={setActivatorNodeRef}
        type="button"
        className="plain desk-grip"
        {...attributes}
        {...listeners}
        aria-label={`移动“${card.label}”`}
        title="拖动"
      >
        <HolderIcon />
      </button>
      <button type="button" className="plain" aria-label={`移除“${card.label}”`} title="移除" onClick={onRemove}>
        <CloseIcon />
      </button>
    </span>
  );
  return (
    <div
      ref={setNodeRef}
      className={`${spanOf(card)} ${isDragging ? "desk-held" : ""}`}
      style={{ transform: CSS.Translate.toString(transform), transition }}
    >
      <DeskCard card={card} tools={tools} />
    </div>
  );
}

function words(cards: HomeCard[]): NonNullable<DndContextProps["accessibility"]> {
  const label = (id: unknown) => cards.find(({ name }) => name === id)?.label ?? "";
  const place = (id: unknown) => cards.findIndex(({ name }) => name === id) + 1;
  return {
    screenReaderInstructions: { draggable: "按空格拿起卡片，用方向键移动，再按空格放下，按 Esc 取消。" },
    announcements: {
      onDragStart: ({ active }) => `已拿起“${label(active.id)}”`,
      onDragOver: ({ active, over }) =>
        over ? `“${label(active.id)}”移到第 ${place(over.id)} 位，共 ${cards.length} 位` : undefined,
      onDragEnd: ({ active, over }) => (over ? `“${label(active.id)}”放在第 ${place(over.id)} 位` : "没有移动"),
      onDragCancel: () => "已取消",
    },
  };
}
