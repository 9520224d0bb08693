/** Reading values that came as JSON, without trusting their shape. */
import type { Address, Id, Line, Ref, StoredFile } from "../client/types";

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function asText(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

export function asId(value: unknown): Id | null {
  if (typeof value === "string" || typeof value === "number") return value;
  return isObject(value) ? asId(value.id) : null;
}

export function asRef(value: unknown): Ref | null {
  if (!isObject(value)) return null;
  const id = asId(value.id);
  return id === null ? null : { id, label: asText(value.label) || `#${id}` };
}

export function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

export const asTexts = (value: unknown): string[] => asList(value).map(asText).filter(Boolean);
export const asRefs = (value: unknown): Ref[] =>
  asList(value)
    .map(asRef)
    .filter((ref) => ref !== null);

export function asAddress(value: unknown): Address | null {
  return isObject(value) ? { code: asText(value.code), detail: asText(value.detail) } : null;
}

export function asFiles(value: unknown): StoredFile[] {
  return asList(value)
    .filter(isObject)
    .map((file) => ({
      id: asId(file.id) ?? "",
      name: asText(file.name),
      size: Number(file.size) || 0,
      type: asText(file.type),
    }));
}

export const asLines = (value: unknown): Line[] => asList(value).filter(isObject);

export function isBlank(value: unknown): boolean {
  if (value === null || value === undefined || value === "") return true;
  return Array.isArray(value) && value.length === 0;
}

export function same(one: unknown, other: unknown): boolean {
  return one === other || (isBlank(one) && isBlank(other)) || JSON.stringify(one) === JSON.stringify(other);
}

export function without<T>(all: Record<string, T>, name: string): Record<string, T> {
  return Object.fromEntries(Object.entries(all).filter(([key]) => key !== name));
}
