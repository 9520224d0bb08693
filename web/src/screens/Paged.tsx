import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { Button } from "antd";
import type { ReactNode } from "react";
import { Empty } from "../kit/Empty";
import { Problem } from "../kit/Problem";
import { Skeleton } from "../kit/Skeleton";

interface Props<Row> {
  list: UseInfiniteQueryResult<InfiniteData<{ rows: Row[] }>>;
  empty: { title: string; hint: string };
  children: (rows: Row[]) => ReactNode;
}

/** A list that is read page by page, and more of it on demand. */
export function Paged<Row>({ list, empty, children }: Props<Row>) {
  return (
    <>
      <Rows list={list} empty={empty}>
        {children}
      </Rows>
      {list.hasNextPage && (
        <Button onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>
          显示更多
        </Button>
      )}
    </>
  );
}

function Rows<Row>({ list, empty, children }: Props<Row>) {
  if (list.isPending) return <Skeleton />;
  if (list.isError) return <Problem cause={list.error} retry={() => void list.refetch()} />;
  const rows = list.data.pages.flatMap((page) => page.rows);
  return rows.length === 0 ? <Empty {...empty} /> : children(rows);
}
