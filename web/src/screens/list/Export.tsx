import { Button } from "antd";
import { lazy, Suspense, useState } from "react";
import { records } from "../../client/api";
import type { Description, Filter, Id } from "../../client/types";
import Menu from "../../kit/Menu";
import { toast } from "../../kit/toast";
import { forServer } from "./filters";
import { DownloadIcon } from "../../kit/icons";

const JobDialog = lazy(() => import("../jobs/JobDialog"));

interface Props {
  object: Description;
  filter: Filter | null;
  q: string;
  order: string;
  columns: string[];
}

const FORMATS = [
  { key: "xlsx", label: "导出 Excel（.xlsx）" },
  { key: "csv", label: "导出 CSV" },
];

/** The list as it stands, as a file; made in the background. */
export function Export({ object, filter, q, order, columns }: Props) {
  const [job, setJob] = useState<Id | null>(null);
  const start = async (format: string) => {
    try {
      setJob(
        (
          await records.export(object.collection, {
            filter: forServer(filter),
            ...(q.trim() && { q: q.trim() }),
            order,
            fields: columns,
            format,
          })
        ).id,
      );
    } catch (cause) {
      toast.error(cause);
    }
  };
  return (
    <>
      <Menu menu={{ items: FORMATS, onClick: ({ key }) => void start(key) }}>
        <Button icon={<DownloadIcon />} className="desktop" aria-label="导出" title="导出" />
      </Menu>
      {job !== null && (
        <Suspense>
          <JobDialog id={job} title={`导出${object.label}`} onClose={() => setJob(null)} />
        </Suspense>
      )}
    </>
  );
}
