/** A dashboard: cards on a grid under one period and one department. Declared ones and kept ones are the same page. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { lazy, Suspense, useState } from "react";
import { Link, useNavigate, useParams, useSearchParams } from "react-router";
import { useMeta } from "../app/meta";
import { records } from "../client/api";
import { pages, parsed, reports, type Common, type Page, type Place } from "../client/reports";
import type { Id } from "../client/types";
import { asRef } from "../kinds/values";
import { EditIcon, MoreIcon } from "../kit/icons";
import Menu from "../kit/Menu";
import { Problem } from "../kit/Problem";
import { Skeleton } from "../kit/Skeleton";
import { toast } from "../kit/toast";
import { AddCard } from "./dashboards/AddCard";
import { CardFrame } from "./dashboards/CardFrame";
import { CommonFilters, useCommon } from "./dashboards/CommonFilters";
import { NewPage } from "./dashboards/Dashboards";
import { placed } from "./dashboards/places";
import NotFound from "./NotFound";
import { OPENNESS } from "../kit/openness";
import "../app/reports.css";

const JobDialog = lazy(() => import("./jobs/JobDialog"));
const Arranging = lazy(() => import("./dashboards/Arranging"));

export default function Dashboard() {
  const { name = "" } = useParams();
  const [begun, setBegun] = useState("");
  const [params, setParams] = useSearchParams();
  // The address of a new one asks for the arranging, once: what was kept is drawn anew, and shown.
  const done = () => {
    setBegun(name);
    setParams(
      (now) => {
        now.delete("arrange");
        return now;
      },
      { replace: true },
    );
  };
  const declared = useMeta().dashboards.find((one) => one.name === name);
  const kept = useQuery({
    queryKey: ["dashboards", name],
    queryFn: () => pages.get(name),
    enabled: /^\d+$/.test(name),
    retry: false,
  });
  if (declared)
    return (
      <Screen
        key={name}
        name={declared.label}
        places={placed(declared.name, declared.cards)}
        page={null}
        arrange={false}
        onDone={done}
      />
    );
  if (!/^\d+$/.test(name)) return <NotFound />;
  if (kept.isPending)
    return (
      <div className="page">
        <Skeleton rows={10} />
      </div>
    );
  if (!kept.data) return <Problem cause={kept.error} />;
  return (
    <Screen
      key={`${name}-${kept.data.version}`}
      name={kept.data.name}
      places={parsed<Place[]>(kept.data.cards, [])}
      page={kept.data}
      arrange={params.has("arrange") && begun !== name}
      onDone={done}
    />
  );
}

interface ScreenProps {
  name: string;
  places: Place[];
  page: Page | null;
  arrange: boolean;
  onDone: () => void;
}

function Screen({ name, places: first, page, arrange, onDone }: ScreenProps) {
  const { me } = useMeta();
  const [places, setPlaces] = useState(first);
  const [title, setTitle] = useState(name);
  const mine = page !== null && asRef(page.owner)?.id === me.id;
  const [arranging, setArranging] = useState(mine && (arrange || first.length === 0));
  const [common, setCommon] = useCommon();
  const leave = () => {
    setArranging(false);
    onDone();
  };
  const save = useSave(page, leave);
  const keep = () => void save({ name: title.trim(), cards: JSON.stringify(places) });
  const cancel = () => {
    setPlaces(first);
    setTitle(name);
    leave();
  };
  return (
    <div className="page dashboard-page">
      <title>{`${name} · 知客`}</title>
      <p className="crumbs">
        <Link to="/dashboards">仪表盘</Link>
      </p>
      <div className="report-title">
        {arranging ? <NameInput name={name} typed={title} onType={setTitle} /> : <h1>{name}</h1>}
        <span className="spacer" />
        <CommonFilters common={common} onChange={setCommon} />
        {arranging ? (
          <>
            <AddCard places={places} onAdd={(place) => setPlaces([...places, place])} />
            <Button onClick={cancel}>取消</Button>
            <Button type="primary" disabled={!title.trim()} onClick={keep}>
              保存布局
            </Button>
          </>
        ) : (
          <Deeds
            name={name}
            places={places}
            page={page}
            common={common.asked}
            mine={mine}
            onArrange={() => setArranging(true)}
            onShare={(share) => void save({ share })}
          />
        )}
      </div>
      {arranging ? (
        <Suspense fallback={<Skeleton rows={8} />}>
          <Arranging places={places} common={common.asked} onChange={setPlaces} />
        </Suspense>
      ) : (
        <Cards places={places} common={common.asked} />
      )}
      {places.length === 0 && <p className="nothing-yet">还没有卡片：点“添加卡片”，或在报表里选择“放到仪表盘”。</p>}
    </div>
  );
}

function NameInput({ name, typed, onType }: { name: string; typed: string; onType: (typed: string) => void }) {
  return (
    <>
      <h1 className="for-readers">{name}</h1>
      <Input
        className="report-name"
        aria-label="仪表盘名称"
        maxLength={60}
        value={typed}
        onChange={({ target }) => onType(target.value)}
      />
    </>
  );
}

function Cards({ places, common }: { places: Place[]; common: Common }) {
  return (
    <div className="dash-grid">
      {inReadingOrder(places).map((place) => (
        <div key={place.id} className={place.h <= 2 ? "dash-low" : ""} style={spot(place)}>
          <CardFrame place={place} common={common} />
        </div>
      ))}
    </div>
  );
}

const inReadingOrder = (places: Place[]) => places.toSorted((one, other) => one.y - other.y || one.x - other.x);
const spot = ({ x, y, w, h }: Place) =>
  ({ gridColumn: `${x + 1} / span ${w}`, gridRow: `${y + 1} / span ${h}`, "--rows": h }) as React.CSSProperties;

function useSave(page: Page | null, then: () => void) {
  const queries = useQueryClient();
  return async (body: { name?: string; cards?: string; share?: string }) => {
    if (!page) return;
    try {
      await records.change("dashboards", page.id, page.version, body);
      then();
      await queries.invalidateQueries({ queryKey: ["dashboards"] });
      toast.ok("仪表盘已保存");
    } catch (cause) {
      toast.error(cause);
    }
  };
}

interface DeedsProps {
  name: string;
  places: Place[];
  page: Page | null;
  common: Common;
  mine: boolean;
  onArrange: () => void;
  onShare: (share: string) => void;
}

function Deeds({ name, places, page, common, mine, onArrange, onShare }: DeedsProps) {
  const [copying, setCopying] = useState(false);
  const [job, setJob] = useState<Id | null>(null);
  const navigate = useNavigate();
  const remove = () =>
    page &&
    void records
      .remove("dashboards", page.id)
      .then(() => navigate("/dashboards"))
      .catch(toast.error);
  const cards = inReadingOrder(places).map(({ report, builtin }) => ({ report, builtin }));
  const pdf = () =>
    void reports
      .exportPage({ name, cards, ...common })
      .then(({ id }) => setJob(id))
      .catch(toast.error);
  const deeds: Record<string, () => void> = { copy: () => setCopying(true), pdf, print: () => print(), remove };
  const items = [
    { key: "copy", label: "复制为我的仪表盘" },
    { key: "pdf", label: "导出 PDF", disabled: places.length === 0 },
    { key: "print", label: "打印" },
    ...(mine
      ? [
          { type: "divider" as const },
          ...OPENNESS.map(({ value, label }) => ({ key: value, label: `共享给：${label}`, disabled: page?.share === value })),
          { key: "remove", label: "删除仪表盘", danger: true },
        ]
      : []),
  ];
  return (
    <>
      {mine && (
        <Button icon={<EditIcon />} className="desktop" onClick={onArrange}>
          调整布局
        </Button>
      )}
      <Menu menu={{ items, onClick: ({ key }) => (deeds[key] ? deeds[key]() : onShare(key)) }}>
        <Button icon={<MoreIcon />} aria-label="更多操作" />
      </Menu>
      {job !== null && (
        <Suspense>
          <JobDialog id={job} title={name} onClose={() => setJob(null)} />
        </Suspense>
      )}
      {copying && <NewPage name={`${name}（我的）`} cards={JSON.stringify(places)} onClose={() => setCopying(false)} />}
    </>
  );
}
