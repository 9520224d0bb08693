/** The company as a tree: who stands under whom, and how many work there. */
import { asRef, asText } from "../../../kinds/values";
import type { Fields, Id, Row } from "../../../client/types";

export interface Department {
  id: string;
  name: string;
  parent: string | null;
  closed: boolean;
  manager: string;
  version: number;
}
export interface Node extends Department {
  depth: number;
  children: number;
  open: boolean;
  people: number;
  everybody: number;
}

export const TOP = "top";

export const readDepartment = (row: Row): Department => ({
  id: String(row.id),
  name: asText(row.name),
  parent: keyOf(asRef(row.parent)?.id),
  closed: row.state === "closed",
  manager: asRef(row.manager)?.label ?? "",
  version: Number(row.version),
});

const keyOf = (id: Id | undefined) => (id === undefined ? null : String(id));

/** Active people by department. */
export const readCounts = (rows: Fields[]): Map<string, number> =>
  new Map(rows.map((row) => [String(asRef(row.department)?.id ?? TOP), Number(row.count)]));

/** Those under a department (under none for null), by name; one whose superior is out of sight stands at the top. */
export function childrenOf(all: Department[], parent: string | null): Department[] {
  const known = new Set(all.map(({ id }) => id));
  const under = (one: Department) => (one.parent !== null && known.has(one.parent) ? one.parent : null);
  return all
    .filter((one) => under(one) === parent)
    .sort((one, other) => Number(one.closed) - Number(other.closed) || one.name.localeCompare(other.name, "zh-CN"));
}

/** A department and all below it; a circle is walked once. */
export function below(all: Department[], id: string): Set<string> {
  const found = new Set([id]);
  for (const one of found) for (const child of all) if (child.parent === one) found.add(child.id);
  return found;
}

/** The lines of the tree as they stand on the screen. */
export function lines(
  all: Department[],
  counts: Map<string, number>,
  folded: ReadonlySet<string>,
  parent: string | null = null,
  depth = 1,
): Node[] {
  return childrenOf(all, parent).flatMap((one) => {
    const under = childrenOf(all, one.id);
    const open = !folded.has(one.id);
    const everybody = [...below(all, one.id)].reduce((sum, id) => sum + (counts.get(id) ?? 0), 0);
    const node = { ...one, depth, children: under.length, open, people: counts.get(one.id) ?? 0, everybody };
    return [node, ...(open && depth < 50 ? lines(all, counts, folded, one.id, depth + 1) : [])];
  });
}

/** Where a department may go: not under itself, nor under what is closed. */
export const placesFor = (all: Department[], id: string | null): Department[] => {
  const own = id === null ? new Set<string>() : below(all, id);
  return all.filter((one) => !own.has(one.id) && !one.closed);
};

/** 总部 / 华东 / 上海: a name that tells two departments of one name apart. */
export function wayTo(all: Department[], id: string): string {
  const names: string[] = [];
  let at = all.find((one) => one.id === id);
  while (at && names.length < 20) {
    const { name, parent } = at;
    names.unshift(name);
    at = all.find((one) => one.id === parent);
  }
  return names.join(" / ");
}
