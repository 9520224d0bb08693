import { useState } from "react";
import type { Ref } from "../../client/types";
import { RefPicker } from "../../kinds/RefPicker";
import { Ask } from "../../kit/ask";
import type { Place } from "./Cell";

interface Props {
  place: Place;
  onChosen: (departments: Ref[]) => void;
  onClose: () => void;
}

/** 指定部门: which departments a cell reaches, wherever the person herself works. */
export function Choose({ place, onChosen, onClose }: Props) {
  const [chosen, setChosen] = useState(place.chosen);
  const go = () => {
    onChosen(chosen);
    return Promise.resolve();
  };
  return (
    <Ask title={place.title} ok="确定" disabled={chosen.length === 0} onOk={go} onClose={onClose}>
      <div className="field">
        <label htmlFor="chosen-departments">指定部门</label>
        <RefPicker
          id="chosen-departments"
          multiple
          to="departments"
          label="指定部门"
          value={chosen}
          autoFocus
          onChange={(next) => setChosen(Array.isArray(next) ? next : next ? [next] : [])}
        />
      </div>
      <p className="help">不论本人在哪个部门，都能处理这些部门及其下级的记录，以及自己负责的记录。</p>
    </Ask>
  );
}
