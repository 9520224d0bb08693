/** What a column of a spreadsheet may become. */
import { fieldOf } from "../../app/meta";
import { without } from "../../kinds/values";
import type { ColumnMapping, Import } from "../../client/imports";
import type { Meta } from "../../client/meta";
import type { Description, Field } from "../../client/types";

export interface Target {
  value: string;
  label: string;
}

const POINTING = new Set(["ref", "refs", "person"]);
export const points = (field: Field | undefined) => field !== undefined && POINTING.has(field.kind);

/** Fields, and the parts of lines as “产品 · 数量”. */
export function targets(object: Description): Target[] {
  return object.fields
    .filter(({ importable }) => importable !== false)
    .flatMap((field): Target[] => {
      if (field.kind !== "lines")
        return [{ value: field.name, label: field.label + (field.required && !field.readonly ? " *" : "") }];
      const parts = (field.parts ?? []).filter(({ readonly }) => !readonly);
      return parts.map((part) => ({ value: `${field.name}.${part.name}`, label: `${field.label} · ${part.label}` }));
    });
}

export function targetField(object: Description, path: string): Field | undefined {
  const [name = "", part] = path.split(".");
  const field = fieldOf(object, name);
  return part === undefined ? field : field?.parts?.find((one) => one.name === part);
}

export function targetLabel(object: Description, path: string): string {
  const [name = "", part] = path.split(".");
  const field = targetField(object, path);
  return part === undefined ? (field?.label ?? path) : `${fieldOf(object, name)?.label ?? name} · ${field?.label ?? part}`;
}

/** By what a reference can be recognised: the name, a number, a code. */
export function keysOf(meta: Meta, field: Field): Target[] {
  const to = meta.objects[field.to ?? ""];
  if (!to) return [{ value: "name", label: "名称" }];
  const able = to.fields.filter(
    ({ kind, name, readonly }) => name === to.title || kind === "number" || (kind === "text" && !readonly),
  );
  return able.slice(0, 6).map(({ name, label }) => ({ value: name, label: `按${label}` }));
}

/** What must be given and is not. */
export function uncovered(object: Description, { mapping }: Import): Field[] {
  const given = new Set([
    ...Object.values(mapping.columns).map(({ field }) => field.split(".")[0]),
    ...Object.keys(mapping.defaults),
  ]);
  return object.fields.filter(
    ({ name, required, expected, readonly, importable, kind }) =>
      required && !expected && !readonly && importable !== false && kind !== "number" && !given.has(name),
  );
}

export function mapped(import_: Import, header: string, next: ColumnMapping | null): Import["mapping"]["columns"] {
  const rest = without(import_.mapping.columns, header);
  return next ? { ...rest, [header]: next } : rest;
}
