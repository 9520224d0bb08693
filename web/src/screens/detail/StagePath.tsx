import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { leading } from "../../actions/input";
import type { Action, Description, Field, Option, RecordRow } from "../../client/types";
import { asText } from "../../kinds/values";
import { isEnd } from "./ends";

const ActionDialog = lazy(() => import("../../actions/ActionDialog"));

interface Props {
  object: Description;
  field: Field;
  record: RecordRow;
}

/** The way a record goes, where it stands, and the next steps it may take. */
export function StagePath({ object, field, record }: Props) {
  const [chosen, setChosen] = useState<{ action: Action; target: string } | null>(null);
  const current = useInSight(record);
  const now = asText(record[field.name]);
  const options = (field.options ?? []).filter(({ value, retired }) => !retired || value === now);
  const at = options.findIndex(({ value }) => value === now);
  const stepTo = (target: string) => leading(object, field.name, now, target).find(({ name }) => !record.actions?.[name]);
  const leads = options.some(({ value }) => value !== now && stepTo(value) !== undefined);
  const look = (option: Option, index: number) => {
    if (option.value === now) return "now";
    const ended = options[at] && isEnd(object, field, options[at]);
    return index < at && !isEnd(object, field, option) && !ended ? "passed" : "ahead";
  };
  return (
    <>
      {/* Where nothing in it can be pressed, the keyboard still has to be able to scroll it. */}
      <ol className="path" aria-label={field.label} tabIndex={leads ? undefined : 0}>
        {options.map((option, index) => {
          const action = stepTo(option.value);
          const state = look(option, index);
          return (
            <li
              key={option.value}
              ref={state === "now" ? current : undefined}
              className={`path-${state} ${isEnd(object, field, option) ? "path-end" : ""}`}
              aria-current={state === "now" ? "step" : undefined}
            >
              <Step
                option={option}
                action={state === "now" ? undefined : action}
                onChoose={(next) => setChosen({ action: next, target: option.value })}
              />
            </li>
          );
        })}
      </ol>
      {chosen && (
        <Suspense>
          <ActionDialog
            key={`${chosen.action.name} ${chosen.target}`}
            object={object}
            action={chosen.action}
            target={chosen.target}
            record={record}
            onClose={() => setChosen(null)}
          />
        </Suspense>
      )}
    </>
  );
}

interface StepProps {
  option: Option;
  /** What leads there, where anything does. */
  action: Action | undefined;
  onChoose: (action: Action) => void;
}

function Step({ option, action, onChoose }: StepProps) {
  if (!action) return <span>{option.label}</span>;
  return (
    <button type="button" className="plain" title={action.label} onClick={() => onChoose(action)}>
      {option.label}
    </button>
  );
}

/** Of a way longer than the screen is wide, the part where the record stands is shown. */
function useInSight(record: RecordRow) {
  const current = useRef<HTMLLIElement>(null);
  useEffect(() => {
    const li = current.current;
    li?.parentElement?.scrollTo({ left: li.offsetLeft - 40 });
  }, [record]);
  return current;
}
