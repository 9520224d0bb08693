import { Button, Input, Segmented } from "antd";
import { useEffect, useRef, useState } from "react";
import { useNavigate } from "react-router";
import { may } from "../../app/meta";
import type { Description } from "../../client/types";
import { usePhone } from "../../kit/useMedia";
import { useFormHost } from "../form/host";
import { Display } from "./Display";
import { Export } from "./Export";
import { useStable } from "./Grid";
import { shapeOf, shapesOf } from "./shapes";
import type { ListState } from "./state";
import { Total } from "./Total";
import { BinIcon, PlusIcon, SearchIcon, UploadIcon } from "../../kit/icons";
import { several } from "../../kit/words";

interface Props {
  object: Description;
  state: ListState;
  change: (next: Partial<ListState>) => void;
}

export function Toolbar({ object, state, change }: Props) {
  const { open } = useFormHost();
  const navigate = useNavigate();
  const phone = usePhone();
  const shape = shapeOf(object, state.view);
  return (
    <div className="list-head">
      <h1>{several(object.label)}</h1>
      <Total object={object} state={state} />
      <QuickFilter q={state.q} onChange={(q) => change({ q })} />
      <span className="spacer" />
      <ShapeChoice object={object} shape={shape.name} onChange={(view) => change({ view })} />
      {shape.name === "table" && <Display object={object} state={state} change={change} />}
      {may(object, "export") && (
        <Export object={object} filter={state.filter} q={state.q} order={state.order} columns={state.columns} />
      )}
      {object.merge && may(object, "delete") && (
        <Button className="desktop" onClick={() => void navigate(`/duplicates/${object.collection}`)}>
          查重
        </Button>
      )}
      {may(object, "delete") && (
        <Button
          icon={<BinIcon />}
          className="desktop"
          title="回收站"
          aria-label="回收站"
          onClick={() => void navigate(`/recycled/${object.collection}`)}
        />
      )}
      {may(object, "import") && (
        <Button
          icon={<UploadIcon />}
          className="desktop"
          onClick={() => void navigate(`/imports/new?collection=${object.collection}`)}
        >
          导入
        </Button>
      )}
      {may(object, "add") && (
        <Button
          type="primary"
          icon={<PlusIcon />}
          aria-label={`新建${object.label}`}
          onClick={() => open({ collection: object.collection })}
        >
          {phone ? null : `新建${object.label}`}
        </Button>
      )}
    </div>
  );
}

function ShapeChoice({ object, shape, onChange }: { object: Description; shape: string; onChange: (shape: string) => void }) {
  const shapes = shapesOf(object);
  if (shapes.length < 2) return null;
  return (
    <Segmented
      options={shapes.map(({ name, label, icon }) => ({
        value: name,
        icon: (
          <span role="img" aria-label={label}>
            {icon}
          </span>
        ),
        title: label,
      }))}
      value={shape}
      onChange={onChange}
      aria-label="显示方式"
    />
  );
}

const STILL = 250;

/** A word that narrows the list while it is typed. */
function QuickFilter({ q, onChange }: { q: string; onChange: (q: string) => void }) {
  const stable = useStable({ onChange });
  const [typed, setTyped] = useState(q);
  const [{ seen, told, turn }, setKnown] = useState({ seen: q, told: q, turn: 0 });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // A view, the way back, “清除条件”: what the address says without her having typed it stands in the box, too.
  if (q !== seen) {
    setKnown({ seen: q, told: q, turn: q === told ? turn : turn + 1 });
    if (q !== told) setTyped(q);
  }
  const type = (text: string) => {
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      setKnown((now) => ({ ...now, told: text }));
      stable.now.onChange(text);
    }, STILL);
  };
  useEffect(() => () => clearTimeout(timer.current), [turn]);
  return (
    <Input
      className="quick-filter"
      prefix={<SearchIcon />}
      allowClear
      placeholder="在列表中查找"
      aria-label="在列表中查找"
      value={typed}
      onChange={(event) => type(event.target.value)}
    />
  );
}
