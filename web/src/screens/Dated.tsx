/** A page of what was done or deleted of late, each with its way back, and more on demand. */
import { useInfiniteQuery, type QueryKey } from "@tanstack/react-query";
import { Button } from "antd";
import type { ReactNode } from "react";
import type { Id, Page } from "../client/types";
import { UndoIcon } from "../kit/icons";
import { useAttempt } from "../kit/useAttempt";
import { Paged } from "./Paged";
import "../app/recycled.css";

interface Props<Row> {
  title: string;
  crumbs?: ReactNode;
  queryKey: QueryKey;
  load: (after: string | undefined) => Promise<Page<Row>>;
  empty: { title: string; hint: string };
  draw: (row: Row) => ReactNode;
}

export function Dated<Row extends { id: Id }>({ title, crumbs, queryKey, load, empty, draw }: Props<Row>) {
  const list = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => load(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  return (
    <div className="page narrow-page">
      <title>{`${title} · 知客`}</title>
      {crumbs}
      <h1>{title}</h1>
      <Paged list={list} empty={empty}>
        {(rows) => <ul className="rows">{rows.map(draw)}</ul>}
      </Paged>
    </div>
  );
}

interface LineProps {
  what: string;
  when: string;
  whose?: string;
  /** That it holds no more, in a word. */ over?: string;
  /** What its button says; without one there is no way back. */ back?: string;
  onBack: () => Promise<unknown>;
}

export function Line({ what, when, whose, over, back, onBack }: LineProps) {
  const { busy, attempt } = useAttempt();
  return (
    <li className={over ? "row-link recycled over" : "row-link recycled"}>
      <span className="row-words">
        <strong>{over ? <del>{what}</del> : what}</strong>
        <small className="muted">{when}</small>
      </span>
      <span className="spacer" />
      {whose && <span className="muted desktop">{whose}</span>}
      {over && <span className="badge badge-grey">{over}</span>}
      {back && (
        <Button icon={<UndoIcon />} loading={busy} aria-label={`${back} ${what}`} onClick={() => void attempt(onBack)}>
          {back}
        </Button>
      )}
    </li>
  );
}
