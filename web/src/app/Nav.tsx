import { useEffect, type ReactNode } from "react";
import { NavLink, useLocation } from "react-router";
import {
  AppstoreIcon,
  BarChartIcon,
  CheckSquareIcon,
  ClockIcon,
  CloseIcon,
  HistoryIcon,
  HomeIcon,
  MenuFoldIcon,
  MenuUnfoldIcon,
  SettingIcon,
} from "../kit/frameIcons";
import { hasSettings } from "../extras/settings";
import { drop } from "./favourites";
import { useMeta } from "./meta";
import { usePreferences } from "./preferences";
import { useWaiting } from "./useWaiting";
import { placeOf, useVisits } from "./visits";
import { several } from "../kit/words";

interface Props {
  narrow: boolean;
  open: boolean;
  onNarrow: () => void;
  onClose: () => void;
}

const RECENT = 5;

/** The left menu, derived from what this person may see. On a phone it slides in. */
export function Nav({ narrow, open, onNarrow, onClose }: Props) {
  const meta = useMeta();
  useEscape(open, onClose);
  return (
    <>
      {open && <div className="veil" onClick={onClose} aria-hidden="true" />}
      <nav
        className={`nav ${open ? "nav-open" : ""}`}
        aria-label="主菜单"
        onClick={(event) => {
          if ((event.target as HTMLElement).closest("a")) onClose();
        }}
      >
        <div className="brand">
          <img src="/favicon.svg" alt="" width="24" height="24" />
          <span className="nav-word">知客</span>
          <button type="button" className="plain nav-close" aria-label="关闭菜单" onClick={onClose}>
            <CloseIcon />
          </button>
        </div>
        <div className="nav-items">
          <Item to="/" icon={<HomeIcon />} label="工作台" end />
          {meta.dashboards.length > 0 && <Item to="/dashboards" icon={<AppstoreIcon />} label="仪表盘" />}
          {meta.objects.reports && <Item to="/reports" icon={<BarChartIcon />} label="报表" />}
          <Approvals />
          <Item to="/deadlines" icon={<ClockIcon />} label="时限" />
          <Favourites />
          {meta.menus.map((menu) => (
            <Group key={menu.label} {...menu} />
          ))}
          <div className="nav-group">
            <Item to="/jobs" icon={<HistoryIcon />} label="后台任务" />
            {hasSettings(meta) && <Item to="/settings" icon={<SettingIcon />} label="设置" />}
          </div>
          <Recent />
        </div>
        <button
          type="button"
          className="plain nav-fold"
          onClick={onNarrow}
          aria-label={narrow ? "展开菜单" : "收起菜单"}
          aria-expanded={!narrow}
        >
          {narrow ? <MenuUnfoldIcon /> : <MenuFoldIcon />}
        </button>
      </nav>
    </>
  );
}

/** How much waits for oneself is worth knowing before one looks. */
function Approvals() {
  return <Item to="/approvals" icon={<CheckSquareIcon />} label="审批" count={useWaiting()} />;
}

function Group({ label, collections }: { label: string; collections: string[] }) {
  const { objects } = useMeta();
  const shown = collections.filter((name) => name in objects);
  if (shown.length === 0) return null;
  return (
    <div className="nav-group" role="group" aria-label={label}>
      <div className="nav-heading nav-word">{label}</div>
      {shown.map((name) => (
        <Item
          key={name}
          to={`/${name}`}
          icon={<Initial label={objects[name]?.label ?? name} />}
          label={several(objects[name]?.label ?? name)}
        />
      ))}
    </div>
  );
}

function Favourites() {
  const { favourites } = usePreferences();
  if (favourites.length === 0) return null;
  return (
    <div className="nav-group" role="group" aria-label="收藏">
      <div className="nav-heading nav-word">收藏</div>
      {favourites.map(({ to, label }) => (
        <div key={to} className="nav-kept">
          <Item to={to} icon={<Initial label={label} />} label={label} exact />
          <button
            type="button"
            className="plain nav-drop nav-word"
            aria-label={`取消收藏“${label}”`}
            title="取消收藏"
            onClick={() => drop(to)}
          >
            <CloseIcon />
          </button>
        </div>
      ))}
    </div>
  );
}

/** The records one was at last; lists stand in the menu anyway. */
function Recent() {
  const visits = useVisits()
    .filter(({ to }) => placeOf(to)?.record)
    .slice(0, RECENT);
  if (visits.length === 0) return null;
  return (
    <div className="nav-group nav-word" role="group" aria-label="最近访问">
      <div className="nav-heading">最近访问</div>
      {visits.map(({ to, label }) => (
        <Item key={to} to={to} icon={<Initial label={label} />} label={label} exact />
      ))}
    </div>
  );
}

/** The first character says more than a drawing would, and needs no list of objects. */
const Initial = ({ label }: { label: string }) => (
  <span className="initial" aria-hidden="true">
    {label.slice(0, 1)}
  </span>
);

interface ItemProps {
  to: string;
  icon: ReactNode;
  label: string;
  end?: boolean;
  /** Lit only at this very address, its question included. */ exact?: boolean;
  count?: number;
}

function Item({ to, icon, label, end, exact, count = 0 }: ItemProps) {
  const { pathname, search } = useLocation();
  const here = exact ? to === pathname + search : to === pathname;
  const look = ({ isActive }: { isActive: boolean }) => `nav-item ${(exact ? here : isActive) ? "active" : ""}`;
  return (
    <NavLink to={to} end={end} title={label} className={look} aria-current={here ? "page" : undefined}>
      {icon}
      <span className="nav-word">{label}</span>
      {count > 0 && <span className="nav-count figure">{count > 99 ? "99+" : count}</span>}
    </NavLink>
  );
}

function useEscape(active: boolean, then: () => void): void {
  useEffect(() => {
    if (!active) return undefined;
    const listen = (event: KeyboardEvent) => {
      if (event.key === "Escape") then();
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, [active, then]);
}
