import { Button } from "antd";
import { lazy, Suspense, useState } from "react";
import { useMeta } from "../../app/meta";
import type { Description, Filter } from "../../client/types";
import { inWords } from "../../screens/list/filters";

const Builder = lazy(async () => ({ default: (await import("../../screens/list/Builder")).Builder }));

interface Props {
  object: Description;
  condition: Filter | null;
  always: string;
  title: string;
  onChange: (condition: Filter | null) => void;
}

/** A condition in words, opened in the builder that lists use. */
export function Branch({ object, condition, always, title, onChange }: Props) {
  const [open, setOpen] = useState(false);
  const meta = useMeta();
  return (
    <>
      <div className="policy-row">
        <span className={condition ? "" : "muted"}>{condition ? inWords(meta, object, condition) : always}</span>
        <Button size="small" type="link" onClick={() => setOpen(true)}>
          {condition ? "改条件" : "加条件"}
        </Button>
        {condition && (
          <Button size="small" type="link" onClick={() => onChange(null)}>
            去掉条件
          </Button>
        )}
      </div>
      {open && (
        <Suspense>
          <Builder object={object} filter={condition} title={title} onApply={onChange} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
