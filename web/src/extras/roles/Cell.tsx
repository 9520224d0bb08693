import type { Edits, Grants, Reach, Said } from "../../client/settings";
import type { Ref } from "../../client/types";
import { EVERY, inherited, REACHES, saidLabel, stated } from "./grants";

const CHOSEN = "chosen",
  CHOOSE = "choose";

export interface CellProps {
  grants: Grants;
  edits: Edits;
  departments: Ref[];
  collection: string;
  object: string;
  verb: string;
  label: string;
  readonly: boolean;
  onChange: (collection: string, verb: string, said: Said | null) => void;
  /** Asks which departments. */
  onChoose: (place: Place) => void;
}

export interface Place {
  collection: string;
  verb: string;
  title: string;
  chosen: Ref[];
}

/** One cell: how far, said here or inherited. A control of the browser itself: there are hundreds, and all are typed into. */
export function Cell({ grants, edits, departments, collection, object, verb, label, readonly, onChange, onChoose }: CellProps) {
  const own = stated(grants, collection, verb);
  const said = own ?? inherited(grants, collection, verb);
  const silent = own === null && verb === EVERY;
  const shown = saidLabel(said, departments);
  const choose = () =>
    onChoose({
      collection,
      verb,
      title: `${object}：${label}`,
      chosen: departments.filter(({ id }) => typeof own === "object" && own?.includes(id)),
    });
  const pick = (value: string) =>
    value === CHOOSE ? choose() : onChange(collection, verb, value === "" ? null : (value as Reach));
  const look = [
    "reach",
    silent ? "reach-silent" : `reach-${typeof said === "string" ? said : CHOSEN}`,
    own === null ? "reach-inherited" : "",
    verb in (edits[collection] ?? {}) ? "reach-changed" : "",
  ].join(" ");
  return (
    <select
      className={look}
      disabled={readonly}
      value={typeof own === "object" && own ? CHOSEN : (own ?? "")}
      aria-label={`${object}：${label}`}
      title={own === null && !silent ? `继承：${shown}` : typeof said === "string" ? undefined : shown}
      onChange={(event) => pick(event.target.value)}
    >
      <option value="">
        {silent ? "未规定" : own === null ? shown : saidLabel(inherited(grants, collection, verb), departments)}
      </option>
      <optgroup label="单独规定">
        {REACHES.map(({ value, label: named }) => (
          <option key={value} value={value}>
            {named}
          </option>
        ))}
        {typeof own === "object" && own && <option value={CHOSEN}>{shown}</option>}
        <option value={CHOOSE}>指定部门…</option>
      </optgroup>
    </select>
  );
}
