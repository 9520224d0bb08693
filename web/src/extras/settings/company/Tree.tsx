import { useDraggable, useDroppable } from "@dnd-kit/core";
import { Button } from "antd";
import type { KeyboardEvent } from "react";
import { may, useDescription } from "../../../app/meta";
import { DownIcon, MoreIcon, PlusIcon, RightIcon } from "../../../kit/icons";
import Menu from "../../../kit/Menu";
import type { Question } from "./Asking";
import type { Held } from "./Company";
import { TOP, type Node } from "./tree";
import { DEPARTMENTS } from "./useCompany";

interface Props {
  nodes: Node[];
  chosen: string | undefined;
  onChoose: (id: string) => void;
  onFold: (id: string) => void;
  onAsk: (question: Question) => void;
}

export function Tree({ nodes, chosen, onChoose, onFold, onAsk }: Props) {
  const object = useDescription(DEPARTMENTS);
  const { setNodeRef, isOver } = useDroppable({ id: TOP });
  const adding = object !== undefined && may(object, "add");
  const keys = (event: KeyboardEvent) => {
    if (!(event.target instanceof HTMLElement) || event.target.getAttribute("role") !== "treeitem") return; // a menu has arrows of its own
    const at = nodes.findIndex(({ id }) => id === chosen);
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const [now, next] = [nodes[at], nodes[at + step]];
    if (now && now.children > 0 && ((event.key === "ArrowRight" && !now.open) || (event.key === "ArrowLeft" && now.open)))
      onFold(now.id);
    else if (step === 0 || !next) return;
    else {
      onChoose(next.id);
      document.getElementById(`department-${next.id}`)?.focus();
    }
    event.preventDefault();
  };
  return (
    <section className="panel company-tree" aria-label="所有部门">
      <div ref={setNodeRef} className={`company-top ${isOver ? "company-over" : ""}`}>
        <h2>所有部门</h2>
        <span className="spacer" />
        {adding && (
          <Button size="small" icon={<PlusIcon />} onClick={() => onAsk({ about: "add", parent: null })}>
            新建部门
          </Button>
        )}
      </div>
      <ul role="tree" aria-label="所有部门" onKeyDown={keys}>
        {nodes.map((node) => (
          <Branch key={node.id} node={node} chosen={node.id === chosen} onChoose={onChoose} onFold={onFold} onAsk={onAsk} />
        ))}
      </ul>
    </section>
  );
}

interface BranchProps extends Omit<Props, "nodes" | "chosen"> {
  node: Node;
  chosen: boolean;
}

function Branch({ node, chosen, onChoose, onFold, onAsk }: BranchProps) {
  const { id, name, depth, children, open, closed, everybody, people } = node;
  const object = useDescription(DEPARTMENTS);
  const movable = object !== undefined && may(object, "change");
  const held: Held = { collection: DEPARTMENTS, id, label: name, from: node.parent ?? TOP };
  const {
    setNodeRef: setHeld,
    listeners,
    transform,
    isDragging,
  } = useDraggable({ id: `move ${id}`, data: held, disabled: !movable });
  const { setNodeRef: setPlace, isOver } = useDroppable({ id });
  return (
    <li
      ref={(element) => {
        setHeld(element);
        setPlace(element);
      }}
      id={`department-${id}`}
      role="treeitem"
      aria-level={depth}
      aria-selected={chosen}
      aria-expanded={children > 0 ? open : undefined}
      tabIndex={chosen ? 0 : -1}
      className={`branch ${chosen ? "branch-chosen" : ""} ${isOver && !isDragging ? "company-over" : ""} ${isDragging ? "held" : ""} ${closed ? "branch-closed" : ""}`}
      style={{
        paddingInlineStart: (depth - 1) * 18,
        ...(transform && { transform: `translate(${transform.x}px, ${transform.y}px)` }),
      }}
      onClick={() => onChoose(id)}
      {...listeners}
    >
      {children > 0 ? (
        <span
          className="branch-fold"
          aria-hidden="true"
          title={open ? `收起“${name}”` : `展开“${name}”`}
          onClick={(event) => {
            event.stopPropagation();
            onFold(id);
          }}
        >
          {open ? <DownIcon /> : <RightIcon />}
        </span>
      ) : (
        <span className="branch-fold" />
      )}
      <span className="branch-name">
        <span>{name}</span>
        {closed && <small className="muted">已裁撤</small>}
        <small className="muted figure" title={`本部门 ${people} 人，连同下级 ${everybody} 人`}>
          {everybody}
        </small>
      </span>
      <BranchMenu node={node} held={held} onAsk={onAsk} />
    </li>
  );
}

function BranchMenu({ node, held, onAsk }: { node: Node; held: Held; onAsk: Props["onAsk"] }) {
  const object = useDescription(DEPARTMENTS);
  if (!object) return null;
  const items = [
    { key: "add", label: "新建下级部门", offered: may(object, "add") && !node.closed },
    { key: "rename", label: "改名", offered: may(object, "change") },
    { key: "move", label: "移到…", offered: may(object, "change") },
    { key: "reopen", label: "恢复部门", offered: may(object, "reopen") && node.closed },
    { key: "close", label: "撤销部门", offered: may(object, "close") && !node.closed, danger: true },
  ].flatMap(({ offered, ...item }) => (offered ? [item] : []));
  const questions: Record<string, Question> = {
    add: { about: "add", parent: node },
    rename: { about: "rename", department: node },
    move: { about: "move", held },
    close: { about: "close", department: node },
    reopen: { about: "reopen", department: node },
  };
  if (items.length === 0) return null;
  const take = ({ key }: { key: string }) => {
    const question = questions[key];
    if (question) onAsk(question);
  };
  return (
    <span onClick={(event) => event.stopPropagation()}>
      <Menu menu={{ items, onClick: take }}>
        <Button size="small" type="text" className="branch-more" icon={<MoreIcon />} aria-label={`“${node.name}”的更多操作`} />
      </Menu>
    </span>
  );
}
