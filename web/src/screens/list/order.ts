/** "-amount,name": descending by amount, then by name. */
export interface Sort {
  field: string;
  down: boolean;
}

export const readOrder = (order: string): Sort[] =>
  order
    .split(",")
    .filter(Boolean)
    .map((part) => ({ field: part.replace(/^-/, ""), down: part.startsWith("-") }));

export const writeOrder = (sorts: Sort[]): string => sorts.map(({ field, down }) => (down ? "-" : "") + field).join(",");

/** A click on a header: up, then down, then not at all. With Shift the other columns keep their say. */
export function clicked(order: string, field: string, keepOthers: boolean): string {
  const sorts = readOrder(order);
  const now = sorts.find((sort) => sort.field === field);
  const next: Sort[] = !now ? [{ field, down: false }] : now.down ? [] : [{ field, down: true }];
  if (!keepOthers) return writeOrder(next);
  if (!now) return writeOrder([...sorts, ...next]);
  return writeOrder(sorts.flatMap((sort) => (sort.field === field ? next : [sort])));
}
