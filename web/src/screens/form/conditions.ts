/** Whether what is typed so far meets a condition of the filter language; nobody can tell for what only the server knows. */
import type { Condition, Description, Fields, Filter } from "../../client/types";
import { fieldOf } from "../../app/meta";
import { asText, isBlank, isObject } from "../../kinds/values";

/** True, false, or undefined where the browser cannot tell. */
export type Truth = boolean | undefined;

export function holds(filter: Filter | Record<string, never>, values: Fields, object: Description): Truth {
  if ("and" in filter) return every(filter.and.map((part) => holds(part, values, object)));
  if ("or" in filter) return not(every(filter.or.map((part) => not(holds(part, values, object)))));
  if ("not" in filter) return not(holds(filter.not, values, object));
  return "field" in filter ? compared(filter as Condition, values, object) : true;
}

const not = (truth: Truth): Truth => (truth === undefined ? undefined : !truth);

function every(truths: Truth[]): Truth {
  if (truths.includes(false)) return false;
  return truths.includes(undefined) ? undefined : true;
}

function compared({ field: name, op, value: wanted }: Condition, values: Fields, object: Description): Truth {
  const field = fieldOf(object, name);
  if (!field || !(name in values)) return undefined;
  const value = values[name];
  if (op === "empty") return isBlank(value);
  if (op === "filled") return !isBlank(value);
  const single = MEANT[op];
  if (single) return single(bare(value), bare(wanted));
  const ordered = ORDERED[op];
  if (!ordered || isObject(wanted)) return undefined;
  return isBlank(value) ? false : ordered(order(value, wanted));
}

type Meant = (value: unknown, wanted: unknown) => boolean;
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

const MEANT: Record<string, Meant | undefined> = {
  eq: (value, wanted) => equal(value, wanted),
  ne: (value, wanted) => !equal(value, wanted),
  in: (value, wanted) => list(wanted).some((one) => equal(value, one)),
  not_in: (value, wanted) => !list(wanted).some((one) => equal(value, one)),
  contains: (value, wanted) =>
    typeof value === "string" && typeof wanted === "string" && value.toLowerCase().includes(wanted.toLowerCase()),
  starts: (value, wanted) =>
    typeof value === "string" && typeof wanted === "string" && value.toLowerCase().startsWith(wanted.toLowerCase()),
  has_any: (value, wanted) => list(wanted).some((one) => list(value).includes(one)),
  has_all: (value, wanted) => list(wanted).every((one) => list(value).includes(one)),
  has_none: (value, wanted) => !list(wanted).some((one) => list(value).includes(one)),
};

const ORDERED: Record<string, ((compared: number) => boolean) | undefined> = {
  lt: (compared) => compared < 0,
  lte: (compared) => compared <= 0,
  gt: (compared) => compared > 0,
  gte: (compared) => compared >= 0,
};

/** References are compared by their ids, several of them one by one. */
function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  return isObject(value) && "id" in value ? value.id : value;
}

const numeric = (value: unknown) => value !== "" && value !== null && !Number.isNaN(Number(value));

function equal(value: unknown, wanted: unknown): boolean {
  if (numeric(value) && numeric(wanted) && typeof value !== "boolean" && typeof wanted !== "boolean")
    return Number(value) === Number(wanted);
  return value === wanted;
}

function order(value: unknown, wanted: unknown): number {
  if (numeric(value) && numeric(wanted)) return Number(value) - Number(wanted);
  return asText(value).localeCompare(asText(wanted), "en");
}
