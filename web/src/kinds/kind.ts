/** What every field kind knows: to show its value, to ask for one, and to ask for one in a filter. */
import type { ComponentType } from "react";
import type { Field, Fields, Op, Row } from "../client/types";

export interface CellProps {
  field: Field;
  value: unknown;
  row?: Row;
}

export interface InputProps {
  field: Field;
  value: unknown;
  onChange: (value: unknown) => void;
  id?: string;
  invalid?: boolean;
  describedBy?: string;
  autoFocus?: boolean;
  disabled?: boolean;
}

export interface FilterProps {
  field: Field;
  op: Op;
  value: unknown;
  onChange: (value: unknown) => void;
}

export interface Kind {
  Cell: ComponentType<CellProps>;
  Input: ComponentType<InputProps>;
  Filter: ComponentType<FilterProps>;
  /** Plain words, for history, chips and screen readers. */
  text: (value: unknown, field: Field) => string;
  /** The form's value as the server takes it: a reference becomes its id. */
  send: (value: unknown, field: Field) => unknown;
  /** What is wrong with a value as far as the browser can tell; the server has the last word. */
  check?: (value: unknown, field: Field) => string | undefined;
  blank: unknown;
  /** Column width in a list, in pixels. */
  width: number;
  align?: "right";
  /** Takes the whole width of a form. */
  wide?: boolean;
}

export const emptyToNull = (value: unknown) => (value === "" || value === undefined ? null : value);
export const emptyToText = (value: unknown) => value ?? "";

export type Values = Fields;
