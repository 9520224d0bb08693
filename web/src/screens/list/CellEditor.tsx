import { Button } from "antd";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { Asked, kindOf } from "../../kinds";
import { fitting } from "../../kinds/depending";
import { OpenAtOnce } from "../../kit/heavy";
import type { Field } from "../../client/types";
import type { CellEdit, Editing } from "./useCellEdit";

interface Props {
  editing: Editing;
  edit: CellEdit;
  /** Where the keyboard goes next: −1 and 1 are the neighbours, 0 stays. */ onLeave: (step: number) => void;
}

/** Of these one pick is the whole answer. */
const PICKED = new Set<Field["kind"]>(["choice", "date", "ref", "person", "boolean"]);
const FLOATING = ".ant-select-dropdown, .ant-picker-dropdown, .ant-cascader-dropdown, .ant-modal-root, .ant-drawer";

/** The editor of the field's own kind, in the place of its value. */
export function CellEditor({ editing, edit, onLeave }: Props) {
  const { field } = editing;
  const box = useRef<HTMLDivElement>(null);
  const [value, setValue] = useState(editing.value);
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  }, [value]);
  const take = (next: unknown, step: number) => {
    void edit.commit(editing, next);
    onLeave(step);
  };
  const change = (next: unknown) => {
    setValue(next);
    if (PICKED.has(field.kind)) take(next, 0);
  };
  useOutside(box, () => void edit.commit(editing, latest.current));
  const keys = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    event.stopPropagation();
    if (event.key === "Escape") {
      edit.cancel();
      onLeave(0);
      return;
    }
    if (event.key === "Tab") {
      event.preventDefault();
      take(latest.current, event.shiftKey ? -1 : 1);
      return;
    }
    if (event.key === "Enter" && !PICKED.has(field.kind) && takesEnter(field, event)) {
      event.preventDefault();
      take(latest.current, 0);
    }
  };
  return (
    <div
      ref={box}
      className={`cell-editor ${kindOf(field).wide ? "cell-editor-wide" : ""}`}
      onKeyDown={keys}
      role="group"
      aria-label={`修改${field.label}`}
    >
      <OpenAtOnce value={PICKED.has(field.kind)}>
        <Asked
          field={fitting(field, editing.row)}
          value={value}
          onChange={change}
          autoFocus
          invalid={editing.reason !== ""}
          describedBy="cell-reason"
        />
      </OpenAtOnce>
      {editing.reason && <Refused editing={editing} onInsist={() => void edit.commit(editing, latest.current, "allow")} />}
      {editing.theirs && <Stale editing={editing} edit={edit} value={value} />}
    </div>
  );
}

function Refused({ editing: { reason, twin }, onInsist }: { editing: Editing; onInsist: () => void }) {
  return (
    <div className="cell-reason" id="cell-reason" role="alert">
      {reason}
      {twin && (
        <Button size="small" type="link" onClick={onInsist}>
          不是同一个，仍然保存
        </Button>
      )}
    </div>
  );
}

/** Somebody was faster: their value, and the choice between the two. */
function Stale({ editing, edit, value }: { editing: Editing; edit: CellEdit; value: unknown }) {
  const { field, theirs } = editing;
  if (!theirs) return null;
  const words = kindOf(field).text(theirs.value, field) || "空";
  return (
    <div className="cell-reason" role="alert">
      {`刚被他人修改，现在是“${words}”`}
      <Button size="small" type="link" onClick={() => void edit.commit({ ...editing, row: theirs.row, reason: "" }, value)}>
        用我的
      </Button>
      <Button size="small" type="link" onClick={edit.cancel}>
        保留现在的
      </Button>
    </div>
  );
}

/** In long texts and lists of words Enter belongs to the text. */
function takesEnter(field: Field, event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey) return true;
  return !["longtext", "tags", "choices", "refs", "address"].includes(field.kind);
}

/** A press anywhere else takes what was typed; lists and calendars that float above the page belong to the cell. */
function useOutside(box: React.RefObject<HTMLElement | null>, leave: () => void): void {
  const now = useRef(leave);
  useEffect(() => {
    now.current = leave;
  });
  useEffect(() => {
    const pressed = ({ target }: PointerEvent) => {
      if (target instanceof Element && !box.current?.contains(target) && !target.closest(FLOATING)) now.current();
    };
    document.addEventListener("pointerdown", pressed, true);
    return () => document.removeEventListener("pointerdown", pressed, true);
  }, [box]);
}
