import { useQuery } from "@tanstack/react-query";
import { Input } from "antd";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import { search } from "../client/api";
import { Empty } from "../kit/Empty";
import { Problem } from "../kit/Problem";
import { Skeleton } from "../kit/Skeleton";
import { HitWords } from "../kit/HitWords";

/** Everything that was found, across all objects. */
export default function Search() {
  const [params, setParams] = useSearchParams();
  const q = params.get("q") ?? "";
  const [typed, setTyped] = useState(q);
  const found = useQuery({
    queryKey: ["search", q, 30],
    queryFn: ({ signal }) => search(q, 30, signal),
    enabled: q.trim() !== "",
  });
  return (
    <div className="page narrow-page">
      <title>搜索 · 知客</title>
      <h1>搜索</h1>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setParams({ q: typed });
        }}
      >
        <Input.Search
          size="large"
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
          onSearch={(text) => setParams({ q: text })}
          placeholder="名称、拼音、首字母、电话、编号"
          aria-label="搜索"
        />
      </form>
      {found.isError && <Problem cause={found.error} />}
      {found.isFetching && !found.data && <Skeleton />}
      {found.data?.groups.length === 0 && (
        <Empty title={`没有找到“${q}”`} hint="试试少打几个字、拼音首字母，或电话的中间几位。" />
      )}
      {found.data?.groups.map(({ collection, label, rows }) => (
        <section key={collection} className="found">
          <h2>{label}</h2>
          <ul className="rows">
            {rows.map((hit) => (
              <li key={hit.id}>
                <Link className="row-link" to={`/${collection}/${hit.id}`}>
                  <HitWords hit={hit} />
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
