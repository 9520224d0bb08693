/** Search and commands from anywhere: answers while one types, opened and used by keyboard alone. */
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { useLocation } from "react-router";
import { useFindings, type Finding } from "./findings";
import { SearchIcon } from "../kit/icons";

export function Palette({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [typed, setTyped] = useState("");
  const { groups, waiting } = useFindings(typed, onClose);
  const findings = groups.flatMap(({ items }) => items);
  const [at, setAt] = useState(0);
  const chosen = Math.min(at, Math.max(0, findings.length - 1));
  useEffect(() => { dialog.current?.showModal(); }, []);
  useCloseOnLeave(onClose);
  const keys = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown") setAt((chosen + 1) % Math.max(1, findings.length));
    else if (event.key === "ArrowUp") setAt((chosen - 1 + findings.length) % Math.max(1, findings.length));
    else if (event.key === "Enter") findings[chosen]?.go();
    else return;
    event.preventDefault();
  };
  return (
    <dialog ref={dialog} className="palette" aria-label="搜索" onClose={onClose} onClick={(event) => { if (event.target === dialog.current) onClose(); }}>
      <div className="palette-head">
        <SearchIcon />
        <input
          autoFocus role="combobox" aria-expanded aria-controls="findings" aria-activedescendant={findings[chosen] && `finding-${chosen}`} aria-label="搜索"
          placeholder="名称、拼音、首字母、电话、编号，或“新建…”" value={typed} onKeyDown={keys} spellCheck={false}
          onChange={({ target }) => { setTyped(target.value); setAt(0); }}
        />
        <kbd>Esc</kbd>
      </div>
      <div id="findings" role="listbox" aria-label="结果" className={waiting ? "findings dimmed" : "findings"}>
        {groups.map(({ label, items }) => (
          <div key={label} role="group" aria-label={label}>
            <div className="findings-label">{label}</div>
            {items.map((finding) => <Option key={finding.key} finding={finding} index={findings.indexOf(finding)} chosen={findings.indexOf(finding) === chosen} />)}
          </div>
        ))}
        {findings.length === 0 && <p className="nothing-yet" role="status">{waiting ? "正在查找…" : `没有找到“${typed}”`}</p>}
      </div>
    </dialog>
  );
}

function Option({ finding, index, chosen }: { finding: Finding; index: number; chosen: boolean }): ReactNode {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => { if (chosen) row.current?.scrollIntoView({ block: "nearest" }); }, [chosen]);
  return <div ref={row} id={`finding-${index}`} role="option" aria-selected={chosen} className="finding" onClick={finding.go}>{finding.shown}</div>;
}

function useCloseOnLeave(close: () => void): void {
  const { key } = useLocation();
  const first = useRef(key);
  useEffect(() => { if (key !== first.current) close(); }, [key, close]);
}
