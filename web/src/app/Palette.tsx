/** Search and commands from anywhere: answers while one types, opened and used by keyboard alone. */
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { useLocation } from "react-router";
import { SearchIcon } from "../kit/frameIcons";
import { useReturnFocus } from "../kit/useReturnFocus";
import { early } from "./early";
import { useFindings, type Finding, type Found } from "./findings";

interface Props {
  /** Only what can be created is offered. */ creating?: boolean;
  onClose: () => void;
}

export default function Palette({ creating = false, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [typed, setTyped] = useState(early.words);
  const { groups, waiting } = useFindings(typed, onClose, creating);
  const findings = groups.flatMap(({ items }) => items);
  const choosing = useChoosing(findings, waiting);
  useReturnFocus();
  useEffect(() => {
    dialog.current?.showModal();
    dialog.current?.querySelector("input")?.focus();
    early.end(setTyped);
  }, []);
  useCloseOnLeave(onClose);
  const hint = creating ? "新建什么？" : "名称、拼音、首字母、电话、编号，或“新建…”";
  return (
    <dialog
      ref={dialog}
      className="palette"
      aria-label={creating ? "新建" : "搜索"}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <div className="palette-head">
        <SearchIcon />
        <input
          role="combobox"
          aria-expanded
          aria-controls="findings"
          aria-activedescendant={findings[choosing.at] && `finding-${choosing.at}`}
          aria-label={hint}
          placeholder={hint}
          value={typed}
          onKeyDown={choosing.keys}
          spellCheck={false}
          onChange={({ target }) => {
            setTyped(target.value);
            choosing.reset();
          }}
        />
        <kbd>Esc</kbd>
      </div>
      <Findings groups={groups} at={choosing.at} waiting={waiting} />
      {findings.length === 0 && (
        <p className="nothing-yet findings-none" role="status">
          {waiting ? "正在查找…" : `没有找到“${typed.trim()}”`}
        </p>
      )}
    </dialog>
  );
}

/** Which one is marked, and what the keys do. Enter pressed before the answer is there means its first line. */
function useChoosing(findings: Finding[], waiting: boolean) {
  const [at, setAt] = useState(0);
  const [eager, setEager] = useState(early.entered);
  const count = Math.max(1, findings.length);
  const chosen = Math.min(at, count - 1);
  const first = findings[0];
  useEffect(() => {
    if (eager && !waiting) first?.go();
  }, [eager, waiting, first]);
  const keys = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown") setAt((chosen + 1) % count);
    else if (event.key === "ArrowUp") setAt((chosen - 1 + count) % count);
    else if (event.key === "Home" && event.ctrlKey) setAt(0);
    else if (event.key === "End" && event.ctrlKey) setAt(count - 1);
    else if (event.key === "Enter" && waiting && at === 0) setEager(true);
    else if (event.key === "Enter") findings[chosen]?.go();
    else return;
    event.preventDefault();
  };
  return {
    at: chosen,
    keys,
    reset: () => {
      setAt(0);
      setEager(false);
    },
  };
}

/** All that was found, under the headings of its groups. */
function Findings({ groups, at, waiting }: { groups: Found[]; at: number; waiting: boolean }) {
  const findings = groups.flatMap(({ items }) => items);
  return (
    <div id="findings" role="listbox" aria-label="结果" aria-busy={waiting} className="findings">
      {groups.map(({ label, items }) => (
        <div key={label} role="group" aria-label={label}>
          <div className="findings-label" aria-hidden="true">
            {label}
          </div>
          {items.map((finding) => {
            const index = findings.indexOf(finding);
            return <Option key={finding.key} finding={finding} index={index} chosen={index === at} />;
          })}
        </div>
      ))}
    </div>
  );
}

function Option({ finding, index, chosen }: { finding: Finding; index: number; chosen: boolean }): ReactNode {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (chosen) row.current?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  return (
    <div ref={row} id={`finding-${index}`} role="option" aria-selected={chosen} className="finding" onClick={finding.go}>
      {finding.shown}
    </div>
  );
}

function useCloseOnLeave(close: () => void): void {
  const { key } = useLocation();
  const first = useRef(key);
  useEffect(() => {
    if (key !== first.current) close();
  }, [key, close]);
}
