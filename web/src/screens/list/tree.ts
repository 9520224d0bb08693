/** A filter as somebody builds it: groups of parts that keep their place while others come and go. */
import type { Condition, Filter } from "../../client/types";
import { isCondition } from "./filters";

export interface Group {
  key: string;
  how: "and" | "or" | "none";
  parts: Part[];
}
export interface Leaf {
  key: string;
  condition: Condition | null;
}
export type Part = Group | Leaf;

let last = 0;
const nextKey = () => `part-${++last}`;

const leaf = (condition: Condition | null): Leaf => ({ key: nextKey(), condition });
const group = (how: Group["how"], parts: Part[]): Group => ({ key: nextKey(), how, parts });

export const blankGroup = (): Group => group("or", [leaf(null)]);

export function toGroup(filter: Filter | null): Group {
  if (!filter) return group("and", [leaf(null)]);
  if (isCondition(filter)) return group("and", [leaf(filter)]);
  if ("not" in filter) return group("none", "or" in filter.not ? filter.not.or.map(toPart) : [toPart(filter.not)]);
  return "and" in filter ? group("and", filter.and.map(toPart)) : group("or", filter.or.map(toPart));
}

const toPart = (filter: Filter): Part => (isCondition(filter) ? leaf(filter) : toGroup(filter));

/** The filter it stands for; what was only begun is left out. */
export function fromGroup({ how, parts }: Group): Filter {
  const filters = parts.flatMap((part) =>
    "how" in part ? (holdsAnything(part) ? [fromGroup(part)] : []) : part.condition ? [part.condition] : [],
  );
  if (how === "none") return { not: { or: filters } };
  return how === "and" ? { and: filters } : { or: filters };
}

const holdsAnything = ({ parts }: Group): boolean =>
  parts.some((part) => ("how" in part ? holdsAnything(part) : part.condition !== null));

/** The same part once more, with keys of its own. */
export function numberedGroup(old: Group): Group {
  return group(old.how, old.parts.map(numbered));
}

const numbered = (part: Part): Part => ("how" in part ? numberedGroup(part) : leaf(part.condition));

export function duplicated(parts: Part[], index: number): Part[] {
  const part = parts[index];
  return part ? parts.toSpliced(index + 1, 0, numbered(part)) : parts;
}

export const withRest = (old: Group, part: Part): Group => ({ ...old, parts: [...old.parts, numbered(part)] });
