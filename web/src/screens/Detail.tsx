import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, type MouseEvent } from "react";
import { useParams } from "react-router";
import { useDescription, useMeta } from "../app/meta";
import { records } from "../client/api";
import type { Description, Page, RecordPage, Related } from "../client/types";
import { panelsFor, slotsFor } from "../extras";
import { isTakenBack, Problem } from "../kit/Problem";
import { Skeleton } from "../kit/Skeleton";
import { Comments } from "./detail/Comments";
import { Header } from "./detail/Header";
import { History } from "./detail/History";
import { Overview } from "./detail/Overview";
import { Files } from "./detail/Files";
import { anchorOf, RelatedList } from "./detail/RelatedList";
import { Sharing } from "./detail/Sharing";
import { nameOf } from "./list/GridRow";
import NotFound from "./NotFound";
import { several } from "../kit/words";

const Standing = lazy(() => import("./approvals/Standing"));
const Insight = lazy(async () => ({ default: (await import("./detail/Insight")).Insight }));

export default function Detail() {
  const { collection = "", id = "" } = useParams();
  const object = useDescription(collection);
  return object ? <DetailScreen key={`${collection}/${id}`} object={object} id={id} /> : <NotFound />;
}

/** Everything about one record in one view. */
function DetailScreen({ object, id }: { object: Description; id: string }) {
  const page = useQuery({ queryKey: [object.collection, id, "page"], queryFn: () => records.page(object.collection, id) });
  if (page.isPending)
    return (
      <div className="page">
        <Skeleton rows={12} />
      </div>
    );
  if (!page.data || isTakenBack(page.error)) return <Problem cause={page.error} retry={() => void page.refetch()} />;
  const { record } = page.data;
  const slots = slotsFor(object);
  const keptIn = record.may?.export === false;
  const taken = new Set(slots.flatMap(({ takes }) => takes));
  const lists = object.related.filter(({ collection }) => !taken.has(collection));
  return (
    <article className={keptIn ? "detail kept-in" : "detail"} data-kept={keptIn ? "这条记录还不能打印或外发" : undefined}>
      <title>{`${nameOf(object, record)} · 知客`}</title>
      <Header object={object} record={record} />
      <div className={slots.length > 0 ? "detail-body with-aside" : "detail-body"}>
        <div className="detail-main">
          <Anchors page={page.data} lists={lists} />
          <Parts object={object} page={page.data} lists={lists} />
        </div>
        {slots.length > 0 && (
          <aside className="detail-aside">
            {slots.map(({ name, Aside }) => (
              <Aside key={name} object={object} record={record} page={(related) => pageOf(page.data, related)} />
            ))}
          </aside>
        )}
      </div>
      {slots.map(({ name, Thumb }) => (
        <Thumb key={name} object={object} record={record} />
      ))}
    </article>
  );
}

/** What a page tells of its record, one panel under another. */
function Parts({ object, page, lists }: { object: Description; page: RecordPage; lists: Related[] }) {
  const asks = useMeta().insight?.seen === true;
  const { record, history } = page;
  return (
    <>
      <Suspense>
        <Standing object={object} record={record} />
      </Suspense>
      <Overview object={object} record={record} />
      {panelsFor(object).map(({ name, Panel }) => (
        <Suspense
          key={name}
          fallback={
            <section className="panel">
              <Skeleton />
            </section>
          }
        >
          <Panel object={object} record={record} />
        </Suspense>
      ))}
      {lists.map((related) => (
        <RelatedList
          key={`${related.collection}.${related.field}`}
          owner={object}
          record={record}
          related={related}
          page={pageOf(page, related)}
        />
      ))}
      <Files object={object} record={record} />
      <Sharing object={object} record={record} />
      <Comments object={object} record={record} />
      <History object={object} record={record} first={history} />
      {asks && object.shareable === true && (
        <Suspense>
          <Insight object={object} record={record} />
        </Suspense>
      )}
    </>
  );
}

/** The parts of a long page, and how much is in each. */
function Anchors({ page, lists }: { page: RecordPage; lists: Related[] }) {
  const jump = (id: string) => (event: MouseEvent) => {
    event.preventDefault();
    document.getElementById(id)?.scrollIntoView({ block: "start" });
  };
  return (
    <nav className="anchors" aria-label="本页内容">
      <a href="#overview" onClick={jump("overview")}>
        概况
      </a>
      {lists.map((related) => {
        const found = pageOf(page, related);
        const id = anchorOf(related);
        return (
          <a key={id} href={`#${id}`} onClick={jump(id)}>
            {several(related.label)}{" "}
            <span className="figure">
              {found?.rows.length ?? 0}
              {found?.next ? "+" : ""}
            </span>
          </a>
        );
      })}
      <a href="#comments" onClick={jump("comments")}>
        评论
      </a>
      <a href="#history" onClick={jump("history")}>
        变更历史
      </a>
    </nav>
  );
}

const pageOf = (page: RecordPage, { collection, field }: Related): Page | undefined =>
  page.related[`${collection}.${field}`] ?? page.related[collection];
