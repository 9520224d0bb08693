/** 跟进: written in three fields from any record it belongs to, and read as a timeline. */
import { Button } from "antd";
import { may, useDescription } from "../app/meta";
import { useFormHost } from "../screens/form/host";
import type { Related } from "../client/types";
import { InlineForm } from "../screens/form/InlineForm";
import { presetFor } from "../screens/detail/RelatedList";
import { nameOf } from "../screens/list/GridRow";
import type { AsideProps, AsideSlot } from "./slots";
import { Timeline } from "./Timeline";
import { EditIcon } from "../kit/icons";

const INTERACTIONS = "interactions";

const pointerOf = ({ object }: Pick<AsideProps, "object">): Related | undefined =>
  object.related.find(({ collection }) => collection === INTERACTIONS);

function Aside({ object, record, page }: AsideProps) {
  const interactions = useDescription(INTERACTIONS);
  const pointer = pointerOf({ object });
  if (!interactions || !pointer) return null;
  const preset = presetFor(pointer.field, { id: record.id, label: nameOf(object, record) });
  return (
    <>
      {may(interactions, "add") && (
        <InlineForm key={record.id} object={interactions} preset={preset} title={`写${interactions.label}`} save="记下" />
      )}
      <Timeline object={interactions} page={page(pointer)} pointer={pointer} record={record} owner={object} />
    </>
  );
}

function Thumb({ object, record }: Pick<AsideProps, "object" | "record">) {
  const interactions = useDescription(INTERACTIONS);
  const pointer = pointerOf({ object });
  const { open } = useFormHost();
  if (!interactions || !pointer || !may(interactions, "add")) return null;
  const preset = presetFor(pointer.field, { id: record.id, label: nameOf(object, record) });
  return (
    <Button
      type="primary"
      className="quick-button"
      icon={<EditIcon />}
      onClick={() => open({ collection: INTERACTIONS, quick: true, preset, onSaved: () => undefined })}
    >
      写{interactions.label}
    </Button>
  );
}

export const followUps: AsideSlot = {
  name: INTERACTIONS,
  when: (object) => pointerOf({ object }) !== undefined,
  takes: [INTERACTIONS],
  Aside,
  Thumb,
};
