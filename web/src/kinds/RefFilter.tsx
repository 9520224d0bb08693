import type { Choice, Op } from "../client/types";
import type { FilterProps } from "./kind";
import { RefPicker } from "./RefPicker";
import { asId, asList, asRef, asText } from "./values";

const SEVERAL = new Set<Op>(["in", "not_in"]);
const ME: Choice[] = [{ id: "me", label: "我" }];
const MINE: Choice[] = [
  { id: "mine", label: "我的部门" },
  { id: "mine_and_below", label: "我的部门及下级" },
];

/** What “me” and “my departments” are called. */
export const NAMED: Record<string, string> = Object.fromEntries([...ME, ...MINE].map(({ id, label }) => [id, label]));

const named = (choice: Choice) => (asText(choice.id) in NAMED ? choice.id : choice);
const unnamed = (value: unknown) => {
  const id = asId(value);
  return id === null ? null : (asRef(value) ?? { id, label: NAMED[id] ?? `#${id}` });
};

/** Other records by name. The label travels with the id, so that a shared link can say whom it means. */
export function refFilter(extra: "person" | "ref") {
  return function RefFilter({ field, op, value, onChange }: FilterProps) {
    const several = SEVERAL.has(op);
    const first = extra === "person" ? ME : field.to === "departments" ? MINE : [];
    const chosen = several
      ? asList(value)
          .map(unnamed)
          .filter((one) => one !== null)
      : unnamed(value);
    return (
      <RefPicker
        to={field.to ?? ""}
        label={`${field.label}的值`}
        multiple={several}
        first={first}
        value={chosen}
        onChange={(next) => onChange(Array.isArray(next) ? next.map(named) : next && named(next))}
      />
    );
  };
}
