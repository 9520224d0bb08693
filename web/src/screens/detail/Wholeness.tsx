/** How complete a record is, and on asking what it lacks, with the way to fill it in. */
import { Button } from "antd";
import { useState } from "react";
import { fieldsOf } from "../../app/meta";
import type { Description, RecordRow } from "../../client/types";
import { Completeness } from "../../kinds/Completeness";
import { isBlank } from "../../kinds/values";
import { Dialog } from "../../kit/Dialog";
import { useFormHost } from "../form/host";

export function Wholeness({ object, record }: { object: Description; record: RecordRow }) {
  const [asking, setAsking] = useState(false);
  const { open } = useFormHost();
  const field = object.fields.find(({ counted }) => counted !== undefined);
  if (!field || isBlank(record[field.name])) return null;
  const missing = fieldsOf(object, field.counted ?? []).filter(({ name }) => isBlank(record[name]));
  const percent = Number(record[field.name]);
  if (missing.length === 0)
    return (
      <span className="wholeness" title={field.label}>
        <Completeness percent={percent} />
      </span>
    );
  const fill = () => {
    setAsking(false);
    open({ collection: object.collection, id: record.id });
  };
  return (
    <>
      <button
        type="button"
        className="plain wholeness"
        title="还缺什么"
        aria-label={`${field.label} ${percent}%，还缺 ${missing.length} 项`}
        onClick={() => setAsking(true)}
      >
        <Completeness percent={percent} />
      </button>
      {asking && (
        <Dialog
          title={`${field.label} ${percent}%`}
          onCancel={() => setAsking(false)}
          footer={
            record.may?.change ? (
              <Button type="primary" onClick={fill}>
                去补充
              </Button>
            ) : null
          }
        >
          <p>还缺：{missing.map(({ label }) => label).join("、")}</p>
        </Dialog>
      )}
    </>
  );
}
