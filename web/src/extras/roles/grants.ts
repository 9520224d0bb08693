/** What a role grants, cell by cell: stated, inherited from a wildcard, or changed and not yet saved. */
import type { Edits, Grants, Reach, RoleMatrix, Said } from "../../client/settings";
import type { Ref } from "../../client/types";

export const EVERY = "*";
export const REACHES: { value: Reach; label: string }[] = [
  { value: "none", label: "无" },
  { value: "self", label: "本人" },
  { value: "department", label: "本部门" },
  { value: "subtree", label: "本部门及下级" },
  { value: "all", label: "全部" },
];
/** A cell in words; chosen departments by their names. */
export function saidLabel(said: Said, departments: Ref[]): string {
  if (typeof said === "string") return REACHES.find(({ value }) => value === said)?.label ?? said;
  const names = said.map((id) => departments.find((one) => one.id === id)?.label ?? "已删除的部门");
  return `指定：${names.join("、")}`;
}

/** How far grants go, by the rule of the server: what is named counts before the wildcard. */
export function granted(grants: Grants, collection: string, verb: string): Said {
  for (const name of [collection, EVERY]) {
    const cells = grants[name] ?? {};
    const found = cells[verb] ?? cells[EVERY];
    if (found) return found;
  }
  return "none";
}

/** What a cell would be if nothing were said in it. */
export function inherited(grants: Grants, collection: string, verb: string): Said {
  const rest = Object.fromEntries(Object.entries(grants[collection] ?? {}).filter(([name]) => name !== verb));
  return granted({ ...grants, [collection]: rest }, collection, verb);
}

export const stated = (grants: Grants, collection: string, verb: string): Said | null => grants[collection]?.[verb] ?? null;

/** The grants as they will be. */
export function edited(grants: Grants, edits: Edits): Grants {
  const names = new Set([...Object.keys(grants), ...Object.keys(edits)]);
  return Object.fromEntries(
    [...names].map((name) => {
      const cells = { ...grants[name], ...edits[name] };
      return [name, Object.fromEntries(Object.entries(cells).filter((cell): cell is [string, Said] => cell[1] !== null))];
    }),
  );
}

/** One more cell changed; one changed back is no change. */
export function changed(grants: Grants, edits: Edits, collection: string, verb: string, said: Said | null): Edits {
  const cells = { ...edits[collection], [verb]: said };
  const kept = Object.fromEntries(
    Object.entries(cells).filter(([name, value]) => !same(stated(grants, collection, name), value)),
  );
  const others = Object.entries(edits).filter(([name]) => name !== collection);
  return Object.fromEntries(Object.keys(kept).length > 0 ? [...others, [collection, kept]] : others);
}

const same = (one: Said | null, other: Said | null) => JSON.stringify(one) === JSON.stringify(other);

export interface Difference {
  key: string;
  object: string;
  verb: string;
  from: string;
  to: string;
}

/** The changes in words, in the order of the table. */
export function differences(matrix: RoleMatrix, edits: Edits, departments = matrix.departments): Difference[] {
  const after = edited(matrix.grants, edits);
  return [{ collection: EVERY, label: "所有对象", actions: [] }, ...matrix.objects].flatMap(({ collection, label, actions }) =>
    Object.keys(edits[collection] ?? {}).map((verb) => ({
      key: `${collection}.${verb}`,
      object: label,
      verb: [...matrix.verbs, ...actions].find(({ name }) => name === verb)?.label ?? "所有操作",
      from: shown(matrix.grants, collection, verb, departments),
      to: shown(after, collection, verb, departments),
    })),
  );
}

function shown(grants: Grants, collection: string, verb: string, departments: Ref[]): string {
  const own = stated(grants, collection, verb);
  if (own) return saidLabel(own, departments);
  return verb === EVERY ? "未规定" : `继承${saidLabel(inherited(grants, collection, verb), departments)}`;
}
