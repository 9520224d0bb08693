import { useId, type KeyboardEvent, type ReactNode } from "react";
import type { Field, Fields, Reasons } from "../../client/types";
import { Asked, kindOf } from "../../kinds";
import { fitting } from "../../kinds/depending";
import { asked as shouldAsk } from "./values";

interface Props {
  fields: Field[];
  values: Fields;
  reasons: Reasons;
  set: (name: string, value: unknown) => void;
  focusFirst?: boolean;
  /** Somebody went on to the next field. */
  leave?: (field: Field) => void;
}

/** Fields with their labels above and the reason beside the one that is wrong. */
export function FieldGrid({ fields, values, reasons, set, focusFirst, leave }: Props) {
  return (
    <div className="field-grid">
      {fields
        .filter((field) => shouldAsk(field, values))
        .map((field, index) => (
          <FieldRow
            key={field.name}
            field={fitting(field, values)}
            value={values[field.name]}
            reason={reasons[field.name]}
            set={set}
            focus={focusFirst && index === 0}
            leave={leave}
          />
        ))}
    </div>
  );
}

interface RowProps {
  field: Field;
  value: unknown;
  reason?: string;
  set: Props["set"];
  focus?: boolean;
  leave?: Props["leave"];
}

function FieldRow({ field, value, reason, set, focus, leave }: RowProps) {
  const id = useId();
  const note = reason ?? field.help;
  return (
    <Labelled
      id={id}
      field={field}
      note={note}
      wrong={reason !== undefined}
      wide={kindOf(field).wide}
      onLeave={leave && (() => leave(field))}
    >
      <Asked
        id={id}
        field={field}
        value={value}
        invalid={reason !== undefined}
        describedBy={note ? `${id}-note` : undefined}
        autoFocus={focus}
        onChange={(next) => set(field.name, next)}
      />
    </Labelled>
  );
}

interface LabelProps {
  id: string;
  field: Field;
  note?: string;
  wrong: boolean;
  wide?: boolean;
  onLeave?: () => void;
  children: ReactNode;
}

function Labelled({ id, field, note, wrong, wide, onLeave, children }: LabelProps) {
  return (
    <div
      className={`field ${wide ? "field-wide" : ""} ${wrong ? "field-wrong" : ""}`}
      data-field={field.name}
      onKeyDown={isDate(field) ? takeDay : undefined}
      onBlur={
        onLeave &&
        ((event) => {
          if (!event.currentTarget.contains(event.relatedTarget)) onLeave();
        })
      }
    >
      <label htmlFor={id}>
        {field.kind === "boolean" ? "\u00a0" : field.label}
        {field.required && field.kind !== "boolean" && (
          <i className="must" aria-hidden="true">
            *
          </i>
        )}
      </label>
      {children}
      {note && (
        <p id={`${id}-note`} className={wrong ? "reason" : "help"} role={wrong ? "alert" : undefined}>
          {note}
        </p>
      )}
    </div>
  );
}

const isDate = ({ kind }: Field) => kind === "date" || kind === "datetime";

/** Enter takes the day that was typed; sending the form it stands in is another step. */
const takeDay = (event: KeyboardEvent) => {
  if (event.key === "Enter") event.preventDefault();
};
