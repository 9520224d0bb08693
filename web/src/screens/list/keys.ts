/** A list by keyboard. The same table is what “?” shows. */
import type { KeyboardEvent } from "react";
import type { ViewProps } from "./Grid";
import { isEditable } from "./useCellEdit";

export interface Place {
  line: number;
  column: number;
}

export const KEYS: [keys: string, what: string][] = [
  ["↑ ↓ ← →", "在单元格之间移动"],
  ["PageUp PageDown", "上下翻一屏"],
  ["Home End", "到第一栏、最后一栏；加 Ctrl 到第一行、最后一行"],
  ["Enter", "在名称上打开记录；在其他单元格上修改"],
  ["e 或 F2", "修改单元格"],
  ["o", "打开记录"],
  ["p", "预览记录；再用 ↑ ↓ 逐条看"],
  ["空格 或 x", "选择一行，按住 Shift 选一段"],
  ["Ctrl+A", "选择已显示的全部"],
  ["Esc", "关闭预览，取消选择"],
  ["Ctrl+Z", "撤销刚才在表格中的修改"],
  ["Tab", "修改时：保存并到下一格"],
  ["/", "在列表中查找"],
  ["?", "显示这些按键"],
];

interface Deeds extends ViewProps {
  go: (place: Place) => void;
}

const SCREEN = 15;

export function gridKeys(event: KeyboardEvent<HTMLElement>, { line, column }: Place, deeds: Deeds): void {
  if (!(event.target instanceof HTMLElement) || !belongsToTable(event.target, event.key)) return;
  const deed = (event.ctrlKey || event.metaKey ? withControl(deeds, line) : plain(deeds, line, column, event.shiftKey))[
    event.key.length === 1 ? event.key.toLowerCase() : event.key
  ];
  if (!deed) return;
  event.preventDefault();
  deed();
}

/** A link in a cell has the keyboard after a click on it; only what opens it is its own. */
const belongsToTable = (target: HTMLElement, key: string) =>
  target.matches("[data-cell]") ||
  (target.matches("[data-cell] a") && key !== "Enter") ||
  (target.matches("[data-cell] button") && key !== "Enter" && key !== " ");

function plain(deeds: Deeds, line: number, column: number, shift: boolean): Record<string, () => void> {
  const { go, lines, columns, object } = deeds;
  const here = lines[line];
  const row = here?.kind === "row" ? here.row : undefined;
  const field = columns[column];
  const edit = () => {
    if (row && field && isEditable(object, field)) deeds.edit.begin(row, field);
  };
  const choose = () => {
    if (here?.kind === "row") deeds.selection.toggle(here.index, shift);
  };
  const fold = () => {
    if (here?.kind === "group") deeds.onFold(here.key);
  };
  const enter = () => {
    if (!row) fold();
    else if (field && field.name !== object.title && isEditable(object, field)) edit();
    else deeds.onOpen(row);
  };
  return {
    ArrowDown: () => go({ line: line + 1, column }),
    ArrowUp: () => go({ line: line - 1, column }),
    ArrowRight: () => (row ? go({ line, column: column + 1 }) : fold()),
    ArrowLeft: () => (row ? go({ line, column: column - 1 }) : fold()),
    PageDown: () => go({ line: line + SCREEN, column }),
    PageUp: () => go({ line: line - SCREEN, column }),
    Home: () => go({ line, column: 0 }),
    End: () => go({ line, column: columns.length - 1 }),
    Enter: enter,
    " ": row ? choose : fold,
    x: choose,
    e: edit,
    F2: edit,
    o: () => {
      if (row) deeds.onOpen(row);
    },
    p: () => {
      if (row) deeds.onPreview(row);
    },
    Escape: deeds.selection.clear,
  };
}

function withControl(deeds: Deeds, line: number): Record<string, () => void> {
  return {
    Home: () => deeds.go({ line: 0, column: 0 }),
    End: () => deeds.go({ line: deeds.lines.length - 1, column: 0 }),
    ArrowDown: () => deeds.go({ line: deeds.lines.length - 1, column: 0 }),
    ArrowUp: () => deeds.go({ line: 0, column: 0 }),
    a: deeds.selection.toggleShown,
    Enter: () => {
      const here = deeds.lines[line];
      if (here?.kind === "row") deeds.onOpen(here.row);
    },
  };
}
