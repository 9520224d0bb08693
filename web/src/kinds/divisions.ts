import { useQuery } from "@tanstack/react-query";
import { divisions } from "../client/api";
import type { Division } from "../client/types";

export interface Place {
  value: string;
  label: string;
  children?: Place[];
}

/** Provinces, cities and counties; asked for once, when the first address is shown. */
export function useDivisions() {
  return useQuery({ queryKey: ["divisions"], queryFn: divisions, staleTime: Infinity, gcTime: Infinity, select: toPlaces });
}

const toPlaces = (found: Division[]): Place[] =>
  found.map(([value, label, below]) => ({ value, label, ...(below?.length && { children: toPlaces(below) }) }));

/** The way down to a code: 浙江省, 杭州市, 西湖区. */
export function wayTo(code: string, places: Place[]): Place[] {
  for (const place of places) {
    if (place.value === code) return [place];
    const below = place.children && wayTo(code, place.children);
    if (below?.length) return [place, ...below];
  }
  return [];
}

export function placeText(code: string, places: Place[] | undefined): string {
  const names = wayTo(code, places ?? []).map(({ label }) => label);
  return names.filter((name, index) => name !== names[index - 1]).join(" ") || code;
}

/** The codes of the first way on which a name holds the words, as the list below the field shows it first. */
export function firstWay(words: string, places: Place[]): string[] {
  for (const { value, label, children } of places) {
    const below = label.includes(words) ? [] : firstWay(words, children ?? []);
    if (label.includes(words) || below.length > 0) return [value, ...below];
  }
  return [];
}
