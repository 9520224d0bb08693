import type { Edits, Grants, Reach } from "../../client/settings";
import { EVERY, inherited, REACHES, reachLabel, stated } from "./grants";

export interface CellProps {
  grants: Grants;
  edits: Edits;
  collection: string;
  object: string;
  verb: string;
  label: string;
  readonly: boolean;
  onChange: (collection: string, verb: string, reach: Reach | null) => void;
}

/** One cell: how far, said here or inherited. A control of the browser itself: there are hundreds, and all are typed into. */
export function Cell({ grants, edits, collection, object, verb, label, readonly, onChange }: CellProps) {
  const own = stated(grants, collection, verb);
  const reach = own ?? inherited(grants, collection, verb);
  const silent = own === null && verb === EVERY;
  const look = ["reach", silent ? "reach-silent" : `reach-${reach}`, own === null ? "reach-inherited" : "", verb in (edits[collection] ?? {}) ? "reach-changed" : ""].join(" ");
  return (
    <select
      className={look} disabled={readonly} value={own ?? ""} aria-label={`${object}：${label}`}
      title={own === null && !silent ? `继承：${reachLabel(reach)}` : undefined}
      onChange={(event) => onChange(collection, verb, event.target.value === "" ? null : event.target.value as Reach)}
    >
      <option value="">{silent ? "未规定" : reachLabel(reach)}</option>
      <optgroup label="单独规定">{REACHES.map(({ value, label: shown }) => <option key={value} value={value}>{shown}</option>)}</optgroup>
    </select>
  );
}
