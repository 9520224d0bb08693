import { useQueryClient } from "@tanstack/react-query";
import { useRef, type ReactNode } from "react";
import { Link } from "react-router";
import { records } from "../../client/api";
import type { Id } from "../../client/types";

const MEANT = 65;

interface Props {
  collection: string;
  id: Id;
  className?: string;
  tabIndex?: number;
  children: ReactNode;
}

/** The way to a record, whose page is fetched while the mouse still rests on its name: it then opens without a wait. */
export function RecordLink({ collection, id, children, ...look }: Props) {
  const queries = useQueryClient();
  const resting = useRef<number>(undefined);
  const fetch = () => {
    queries
      .query({ queryKey: [collection, String(id), "page"], queryFn: () => records.page(collection, id) })
      .catch(() => undefined);
  };
  return (
    <Link
      to={`/${collection}/${id}`}
      {...look}
      onPointerLeave={() => clearTimeout(resting.current)}
      onPointerEnter={(event) => {
        if (event.pointerType === "mouse") resting.current = window.setTimeout(fetch, MEANT);
      }}
    >
      {children}
    </Link>
  );
}
