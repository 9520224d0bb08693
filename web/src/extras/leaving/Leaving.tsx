import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { lazy, Suspense, useState } from "react";
import "../../app/security.css";
import { leavers } from "../../client/settings";
import type { Description, RecordRow } from "../../client/types";

const Wizard = lazy(async () => ({ default: (await import("./Wizard")).Wizard }));

interface Props {
  object: Description;
  record: RecordRow;
}

/** 离职交接: what is hers, and the way to hand all of it over. */
export default function Leaving({ object, record }: Props) {
  const [open, setOpen] = useState(false);
  const found = useQuery({
    queryKey: [object.collection, record.id, "leaving"],
    queryFn: () => leavers.preview(record.id),
    retry: false,
  });
  if (!found.data) return null;
  const { rows, closed } = found.data;
  return (
    <section className="panel" aria-label="离职交接">
      <div className="panel-head">
        <h2>离职交接</h2>
        {(rows.length > 0 || !closed) && (
          <Button size="small" danger onClick={() => setOpen(true)}>
            {closed ? "交接工作" : "停用并交接"}
          </Button>
        )}
      </div>
      {rows.length === 0 ? (
        <p className="nothing-yet">{closed ? "账号已停用，名下没有要交接的记录" : "名下没有要交接的记录"}</p>
      ) : (
        <ul className="leaving-rows">
          {rows.map(({ key, label, count }) => (
            <li key={key}>
              {label} <strong className="figure">{count}</strong>
            </li>
          ))}
        </ul>
      )}
      {open && (
        <Suspense>
          <Wizard object={object} preview={found.data} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </section>
  );
}
