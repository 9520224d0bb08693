/** What an action asks for: its input, and where to when it may lead to several states. */
import { fieldOf } from "../app/meta";
import type { Action, Description, Field, Fields } from "../client/types";
import { kindOf } from "../kinds";
import { defaultOf } from "../kinds/dates";

/** The fields to ask; `to` is left out when the target was chosen by where somebody dropped the card. */
export function actionFields(object: Description, action: Action, target: string | null, now?: unknown): Field[] {
  const asked = action.input ?? [];
  if (action.targets.length < 2 || target !== null) return asked;
  const state = action.state ? fieldOf(object, action.state) : undefined;
  const options = action.targets
    .filter((value) => value !== now)
    .map((value) => state?.options?.find((option) => option.value === value) ?? { value, label: value });
  return [{ name: "to", kind: "choice", label: state?.label ?? "去向", required: true, options }, ...asked];
}

/** What the record already says need not be typed again; what was told by an earlier action, such as somebody's opinion, is told anew. */
export function startInput(action: Action, record: Fields, object?: Description): Fields {
  const said = (name: string) => (object && fieldOf(object, name)?.readonly === true ? undefined : record[name]);
  const value = (field: Field) => said(field.name) ?? defaultOf(field) ?? kindOf(field).blank;
  return Object.fromEntries((action.input ?? []).map((field) => [field.name, value(field)]));
}

export function actionInput(action: Action, fields: Field[], values: Fields, target: string | null = null): Fields {
  const given = Object.fromEntries(fields.map((field) => [field.name, kindOf(field).send(values[field.name], field)]));
  return target !== null && action.targets.length > 1 ? { ...given, to: target } : given;
}

/** The actions that lead a record from one state to another. */
export function leading(object: Description, state: string, from: string, to: string): Action[] {
  return object.actions.filter(
    (action) =>
      action.state === state &&
      action.targets.includes(to) &&
      (action.sources === null || action.sources.includes(from)) &&
      object.may[action.name] !== false,
  );
}
