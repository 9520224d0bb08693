import { Button, Tooltip } from "antd";
import { lazy, Suspense, useState } from "react";
import Menu from "../kit/Menu";
import { usePhone } from "../kit/useMedia";
import type { Action, Description, RecordRow } from "../client/types";
import { asText } from "../kinds/values";
import { DownIcon } from "../kit/icons";

const ActionDialog = lazy(() => import("./ActionDialog"));

interface Props {
  object: Description;
  record: RecordRow;
}

/** The actions of a record; one that cannot be taken now says why. */
export function ActionButtons({ object, record }: Props) {
  const [chosen, setChosen] = useState<Action | null>(null);
  const room = usePhone() ? 1 : 3;
  const known = object.actions.filter(({ name }) => record.actions === undefined || name in record.actions);
  const [shown, rest] = arranged(known, record, room);
  const goesOn = (action: Action) => !action.danger && onward(object, record, action);
  const items = rest.map((action) => ({
    key: action.name,
    danger: action.danger,
    disabled: Boolean(record.actions?.[action.name]),
    label: <Named action={action} reason={record.actions?.[action.name] ?? null} />,
  }));
  return (
    <>
      {shown.map((action, index) => (
        <ActionButton
          key={action.name}
          action={action}
          reason={record.actions?.[action.name] ?? null}
          first={index === 0 && goesOn(action)}
          onClick={() => setChosen(action)}
        />
      ))}
      {items.length > 0 && (
        <Menu menu={{ items, onClick: ({ key }) => setChosen(rest.find(({ name }) => name === key) ?? null) }}>
          <Button>
            更多 <DownIcon />
          </Button>
        </Menu>
      )}
      {chosen && (
        <Suspense>
          <ActionDialog key={chosen.name} object={object} action={chosen} record={record} onClose={() => setChosen(null)} />
        </Suspense>
      )}
    </>
  );
}

/** What is likely to come next stands first, then one grave deed at most; the others, and where there is room for one only every grave one, wait in the menu. */
function arranged(known: Action[], record: RecordRow, room: number): [shown: Action[], rest: Action[]] {
  const ready = known.filter(({ name }) => !record.actions?.[name]);
  const refused = known.filter(({ name }) => record.actions?.[name]);
  const plain = ready
    .filter(({ danger }) => !danger)
    .toSorted((one, other) => Number(one.rare === true) - Number(other.rare === true));
  const [grave, ...graver] = ready.filter(({ danger }) => danger);
  const shown = (room > 1 ? [...plain, ...(grave ? [grave] : []), ...refused] : plain).slice(0, room);
  return [shown, [...plain, ...(grave ? [grave] : []), ...graver, ...refused].filter((action) => !shown.includes(action))];
}

/** Whether it leads on: nothing that is rarely done, nor what only takes the record back (退回) asks to be pressed. */
function onward(object: Description, record: RecordRow, { rare, state, targets }: Action): boolean {
  const order = object.fields.find(({ name }) => name === state)?.options?.map(({ value }) => value) ?? [];
  const now = order.indexOf(asText(record[state ?? ""]));
  return rare !== true && (targets.length === 0 || targets.some((target) => order.indexOf(target) > now));
}

/** A menu has no pointer to hover with on a phone: the reason stands below the name. */
function Named({ action, reason }: { action: Action; reason: string | null }) {
  return (
    <>
      {action.label}
      {reason !== null && <small className="menu-reason">{reason}</small>}
    </>
  );
}

function ActionButton({
  action,
  reason,
  first,
  onClick,
}: {
  action: Action;
  reason: string | null;
  first: boolean;
  onClick: () => void;
}) {
  const look = first && reason === null && !action.danger ? "primary" : "default";
  // aria-disabled instead of disabled: the reason must be readable with keyboard and screen reader too.
  return (
    <Tooltip title={reason}>
      <Button
        type={look}
        danger={action.danger}
        aria-disabled={reason !== null}
        className={reason === null ? "" : "refused"}
        onClick={reason === null ? onClick : undefined}
      >
        {action.label}
      </Button>
    </Tooltip>
  );
}
