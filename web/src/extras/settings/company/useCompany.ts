import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { useRefresh } from "../../../app/refresh";
import { records } from "../../../client/api";
import type { Fields, Id, Row } from "../../../client/types";
import { toast } from "../../../kit/toast";
import { useAttempt } from "../../../kit/useAttempt";
import { readCounts, readDepartment, type Department } from "./tree";

export const DEPARTMENTS = "departments";
export const PEOPLE = "people";
const MOST_PAGES = 25;

/** All departments, however many, and how many people work in each. */
export function useCompany() {
  const departments = useQuery({ queryKey: [DEPARTMENTS, "tree"], queryFn: everyDepartment });
  const counts = useQuery({ queryKey: [PEOPLE, "by department"], queryFn: countPeople });
  return { departments, counts: counts.data ?? new Map<string, number>() };
}

async function everyDepartment(): Promise<Department[]> {
  const found: Row[] = [];
  let after: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const { rows, next } = await records.list(DEPARTMENTS, {
      fields: ["name", "parent", "manager", "state", "version"],
      order: "name",
      limit: 200,
      ...(after !== undefined && { after }),
    });
    found.push(...rows);
    if (next === null) break;
    after = next;
  }
  return found.map(readDepartment);
}

const countPeople = async () =>
  readCounts(
    (
      await records.aggregate(PEOPLE, {
        group: ["department"],
        measures: ["count"],
        filter: { field: "is_active", op: "eq", value: true },
      })
    ).rows,
  );

/** Carries out a change, draws everything anew and offers the way back; says why when it was refused. */
export function useCarry() {
  const { busy, attempt } = useAttempt();
  const refresh = useRefresh();
  const tried = useCallback(
    (deed: () => Promise<unknown>, told: () => void) =>
      attempt(async () => {
        await deed();
        await refresh();
        told();
      }),
    [attempt, refresh],
  );
  const carry = useCallback(
    (deed: () => Promise<unknown>, said: string, undo?: () => Promise<unknown>) => {
      const back = undo && (() => void tried(undo, () => toast.ok("已还原")));
      return tried(deed, () => {
        if (back) toast.undoable(said, back);
        else toast.ok(said);
      });
    },
    [tried],
  );
  return { busy, carry };
}

export type Carry = ReturnType<typeof useCarry>["carry"];

/** Changes fields of a record as it is now, whoever changed something else of it meanwhile. */
export const put = async (collection: string, id: Id, body: Fields) => {
  const { version } = await records.get(collection, id);
  return records.change(collection, id, version, body);
};
