import { useQueries } from "@tanstack/react-query";
import { useState } from "react";
import { useParams, useSearchParams } from "react-router";
import { may, useDescription } from "../app/meta";
import { records } from "../client/api";
import type { RecordRow } from "../client/types";
import { Problem } from "../kit/Problem";
import { Skeleton } from "../kit/Skeleton";
import { MergeTable } from "./merge/MergeTable";
import { FEWEST, MOST } from "./merge/choice";
import NotFound from "./NotFound";

/** Several records of the same thing, side by side, to be made one. */
export default function Merge() {
  const { collection = "" } = useParams();
  const [asked] = useSearchParams();
  const object = useDescription(collection);
  const ids = [...new Set((asked.get("ids") ?? "").split(",").filter((id) => /^\d+$/.test(id)))];
  const [over, setOver] = useState(false);
  // Once they are one, the others are gone and are asked for no more.
  const found = useQueries({
    queries: ids.map((id) => ({ queryKey: [collection, id], queryFn: () => records.get(collection, id), enabled: !over })),
  });
  if (!object?.merge || !may(object, "change") || ids.length < FEWEST || ids.length > MOST) return <NotFound />;
  const failed = found.find(({ error }) => error)?.error;
  const rows = found.map(({ data }) => data).filter((row): row is RecordRow => row !== undefined);
  return (
    <div className="page">
      <title>{`合并${object.label} · 知客`}</title>
      <h1>{`合并${object.label}`}</h1>
      {failed ? (
        <Problem cause={failed} />
      ) : rows.length < ids.length ? (
        <Skeleton rows={10} />
      ) : (
        <MergeTable object={object} rows={rows} onOver={setOver} />
      )}
    </div>
  );
}
