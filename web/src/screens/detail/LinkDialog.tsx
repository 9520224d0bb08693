import { useState } from "react";
import type { Description, Ref, Related } from "../../client/types";
import { RefPicker } from "../../kinds/RefPicker";
import { Ask } from "../../kit/ask";
import { toast } from "../../kit/toast";
import { useTie } from "./links";

interface Props {
  object: Description;
  related: Related;
  self: Ref;
  onClose: () => void;
}

/** Choosing a record that is there already. */
export default function LinkDialog({ object, related, self, onClose }: Props) {
  const [chosen, setChosen] = useState<Ref | null>(null);
  const { tie } = useTie(object, related, self);
  const go = async () => {
    if (!chosen) return;
    await tie(chosen.id);
    toast.ok(`已关联“${chosen.label}”`);
  };
  return (
    <Ask title={`关联已有${object.label}`} ok="关联" disabled={!chosen} onOk={go} onClose={onClose}>
      <RefPicker
        autoFocus
        to={object.collection}
        label={object.label}
        value={chosen}
        onChange={(next) => setChosen(Array.isArray(next) ? null : next)}
      />
    </Ask>
  );
}
