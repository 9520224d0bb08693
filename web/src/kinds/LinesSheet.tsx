import { Button } from "antd";
import type { Field, Line } from "../client/types";
import { defaultOf } from "./dates";
import type { InputProps } from "./kind";
import { Foot } from "./LinesTable";
import { kindOf } from "./lookup";
import { Asked, Shown } from "./Shown";
import { reckoned } from "./sheet";
import { useSheet } from "./useSheet";
import { useTaken } from "./useTaken";
import { asLines } from "./values";
import { DeleteIcon, PlusIcon } from "../kit/frameIcons";

/** Lines edited like a sheet: every cell is open, arrows lead through them, a block copied from a spreadsheet lands in them. */
export function LinesSheet({ field, value, onChange, disabled, invalid, describedBy }: InputProps) {
  const parts = field.parts ?? [];
  const lines = asLines(value);
  // What the server works out from a line no longer holds once the line is changed, but for what can be seen from here.
  const unsure = Object.fromEntries(
    parts.filter(({ readonly, taken_from: from }) => readonly && !from).map((part) => [part.name, undefined]),
  );
  const put = (next: Line[], typed?: string) =>
    onChange(next.map((line, at) => (line === lines[at] ? line : reckoned(parts, { ...line, ...unsure }, typed))));
  const take = useTaken(parts, lines, put);
  const set = (index: number, part: Field, next: unknown) => {
    put(
      lines.map((line, at) => (at === index ? { ...line, [part.name]: next } : line)),
      part.name,
    );
    void take(index, part, next);
  };
  const { body, onKeyDown, onPaste } = useSheet(parts, lines, () => fresh(parts), put, take);
  return (
    <div className={`sheet ${invalid ? "invalid" : ""}`} aria-describedby={describedBy}>
      {lines.length > 0 && (
        <div className="scroll-x">
          <table className="lines" aria-label={field.label}>
            <SheetHead parts={parts} />
            <tbody ref={body} onKeyDownCapture={onKeyDown} onPasteCapture={onPaste}>
              {lines.map((line, index) => (
                <SheetRow
                  key={line.id ?? `new-${index}`}
                  parts={parts}
                  line={line}
                  number={index + 1}
                  disabled={disabled}
                  set={(part, next) => set(index, part, next)}
                  remove={() => onChange(lines.filter((_, at) => at !== index))}
                />
              ))}
            </tbody>
            <Foot field={field} lines={lines} extra />
          </table>
        </div>
      )}
      <div className="sheet-foot">
        <Button
          size="small"
          type="dashed"
          icon={<PlusIcon />}
          disabled={disabled}
          onClick={() => onChange([...lines, fresh(parts)])}
        >{`添加${field.label}`}</Button>
        {lines.length > 0 && <span className="sheet-hint">方向键换格，回车到下一行；可从 Excel 复制多行，粘贴到任一格</span>}
      </div>
    </div>
  );
}

function SheetHead({ parts }: { parts: Field[] }) {
  return (
    <thead>
      <tr>
        {parts.map((part) => (
          <th key={part.name} scope="col" className={kindOf(part).align}>
            {part.label}
            {part.required && <i className="must">*</i>}
          </th>
        ))}
        <th />
      </tr>
    </thead>
  );
}

interface RowProps {
  parts: Field[];
  line: Line;
  number: number;
  disabled?: boolean;
  set: (part: Field, value: unknown) => void;
  remove: () => void;
}

function SheetRow({ parts, line, number, disabled, set, remove }: RowProps) {
  return (
    <tr>
      {parts.map((part) => {
        const shown = { field: part, value: line[part.name] };
        return (
          <td key={part.name} data-label={part.label} data-must={part.required || undefined} className={kindOf(part).align}>
            {part.readonly ? (
              <Reckoned {...shown} />
            ) : (
              <Asked {...shown} disabled={disabled} onChange={(next) => set(part, next)} />
            )}
          </td>
        );
      })}
      <td>
        <Button
          type="text"
          size="small"
          icon={<DeleteIcon />}
          aria-label={`删除第 ${number} 行`}
          disabled={disabled}
          onClick={remove}
        />
      </td>
    </tr>
  );
}

/** What the server works out, as far as it still holds. */
function Reckoned({ field, value }: { field: Field; value: unknown }) {
  return value === undefined ? <small className="muted">保存后计算</small> : <Shown field={field} value={value} />;
}

function fresh(parts: Field[]): Line {
  return Object.fromEntries(
    parts.filter(({ readonly }) => !readonly).map((part) => [part.name, defaultOf(part) ?? kindOf(part).blank]),
  );
}
