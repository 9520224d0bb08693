import { useQuery } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { may, useDescription, useMeta } from "../../app/meta";
import { records } from "../../client/api";
import { pages } from "../../client/reports";
import { asRef } from "../../kinds/values";
import { Ask } from "../../kit/ask";
import { PlusIcon } from "../../kit/icons";
import "../../app/reports.css";

/** Ready-made dashboards, one's own, and those one was given. */
export default function Dashboards() {
  const { dashboards, me } = useMeta();
  const object = useDescription("dashboards");
  const [making, setMaking] = useState(false);
  const kept = useQuery({ queryKey: ["dashboards", "all"], queryFn: pages.all, enabled: object !== undefined });
  return (
    <div className="page">
      <title>仪表盘 · 知客</title>
      <div className="list-head page-head">
        <h1>仪表盘</h1>
        <span className="spacer" />
        {object && may(object, "add") && (
          <Button type="primary" icon={<PlusIcon />} onClick={() => setMaking(true)}>
            新建仪表盘
          </Button>
        )}
      </div>
      {(kept.data?.length ?? 0) > 0 && (
        <>
          <h2 className="tiles-head">我的与共享给我的</h2>
          <ul className="tiles">
            {kept.data?.map((page) => (
              <li key={page.id}>
                <Link to={`/dashboards/${page.id}`}>
                  <strong>{page.name}</strong>
                  <small>
                    {asRef(page.owner)?.id === me.id ? page.description || "由我创建" : `${asRef(page.owner)?.label ?? ""} 共享`}
                  </small>
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
      <h2 className="tiles-head">现成的</h2>
      <ul className="tiles">
        {dashboards.map(({ name, label, cards }) => (
          <li key={name}>
            <Link to={`/dashboards/${name}`}>
              <strong>{label}</strong>
              <small>
                {cards
                  .slice(0, 3)
                  .map((card) => card.label)
                  .join("、")}
              </small>
            </Link>
          </li>
        ))}
      </ul>
      {making && <NewPage cards="[]" name="" onClose={() => setMaking(false)} />}
    </div>
  );
}

/** Keeps a page of one's own, empty or as a copy. */
export function NewPage({ cards, name: first, onClose }: { cards: string; name: string; onClose: () => void }) {
  const navigate = useNavigate();
  const [name, setName] = useState(first);
  const [key] = useState(() => crypto.randomUUID());
  const make = async () =>
    void navigate(`/dashboards/${(await records.create("dashboards", { name: name.trim(), cards }, key)).id}?arrange=1`);
  return (
    <Ask title="新建仪表盘" ok="新建" disabled={!name.trim()} onOk={make} onClose={onClose}>
      <label className="field">
        <span>名称</span>
        <Input autoFocus maxLength={60} value={name} onChange={({ target }) => setName(target.value)} />
      </label>
    </Ask>
  );
}
