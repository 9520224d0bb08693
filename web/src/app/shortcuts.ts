/** Keys that work anywhere, and the list of all keys that the help sheet shows. */
import { useEffect, useRef } from "react";

export const MODIFIER = navigator.platform.startsWith("Mac") ? "⌘" : "Ctrl";

export const SHORTCUTS: { label: string; keys: [keys: string[], does: string][] }[] = [
  {
    label: "随处可用",
    keys: [
      [[MODIFIER, "K"], "搜索和命令"],
      [["/"], "搜索和命令"],
      [["C"], "新建"],
      [["F"], "收藏或取消收藏当前页面"],
      [["["], "收起或展开菜单"],
      [["G", "H"], "回到工作台"],
      [["?"], "查看快捷键"],
    ],
  },
  {
    label: "记录",
    keys: [
      [["J"], "下一条"],
      [["K"], "上一条"],
    ],
  },
  {
    label: "列表",
    keys: [
      [["↑", "↓"], "上一行、下一行"],
      [["Enter"], "打开"],
      [["空格"], "选择"],
    ],
  },
  {
    label: "表单",
    keys: [
      [[MODIFIER, "Enter"], "保存"],
      [["Esc"], "关闭"],
    ],
  },
  {
    label: "看板与工作台",
    keys: [
      [["空格"], "拿起或放下卡片"],
      [["←", "→"], "移动"],
      [["Esc"], "取消移动"],
    ],
  },
];

/** Key → what to do; "g h" is one key after the other. */
export function useShortcuts(deeds: Record<string, () => void>): void {
  const latest = useRef(deeds);
  useEffect(() => {
    latest.current = deeds;
  });
  useEffect(() => {
    let before = "";
    const listen = (event: KeyboardEvent) => {
      const pressed = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const held = event.ctrlKey || event.metaKey;
      if (held && pressed === "k") run(event, latest.current["mod+k"]);
      if (held || event.altKey || event.isComposing || event.defaultPrevented || isBusy(event.target)) return;
      run(event, latest.current[`${before} ${pressed}`] ?? latest.current[pressed]);
      before = pressed;
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, []);
}

function run(event: KeyboardEvent, deed: (() => void) | undefined): void {
  if (!deed) return;
  event.preventDefault();
  deed();
}

/** Whoever writes, or answers a dialog, means letters. */
function isBusy(target: EventTarget | null): boolean {
  if (document.querySelector("dialog[open], .ant-modal-wrap:not([style*='display: none']), .ant-drawer-open")) return true;
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.closest("input, textarea, select, [role=combobox], [role=grid], [role=treegrid]") !== null)
  );
}
