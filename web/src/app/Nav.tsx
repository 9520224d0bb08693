import { useEffect, type ReactNode } from "react";
import { NavLink, useLocation } from "react-router";
import { useMeta } from "./meta";
import { AppstoreIcon, CloseIcon, HistoryIcon, HomeIcon, MenuFoldIcon, MenuUnfoldIcon } from "../kit/icons";

interface Props { narrow: boolean; open: boolean; onNarrow: () => void; onClose: () => void }

/** The left menu, derived from what this person may see. On a phone it slides in. */
export function Nav({ narrow, open, onNarrow, onClose }: Props) {
  const meta = useMeta();
  useEscape(open, onClose);
  return (
    <>
      {open && <div className="veil" onClick={onClose} aria-hidden="true" />}
      <nav className={`nav ${open ? "nav-open" : ""}`} aria-label="主菜单" onClick={(event) => { if ((event.target as HTMLElement).closest("a")) onClose(); }}>
        <div className="brand">
          <img src="/favicon.svg" alt="" width="24" height="24" /><span className="nav-word">知客</span>
          <button type="button" className="plain nav-close" aria-label="关闭菜单" onClick={onClose}><CloseIcon /></button>
        </div>
        <div className="nav-items">
          <Item to="/" icon={<HomeIcon />} label="工作台" end />
          {meta.dashboards.slice(1).map(({ name, label }) => <Item key={name} to={`/dashboards/${name}`} icon={<AppstoreIcon />} label={label} />)}
          {meta.menus.map((menu) => <Group key={menu.label} {...menu} />)}
          <div className="nav-group"><Item to="/jobs" icon={<HistoryIcon />} label="后台任务" /></div>
        </div>
        <button type="button" className="plain nav-fold" onClick={onNarrow} aria-label={narrow ? "展开菜单" : "收起菜单"}>
          {narrow ? <MenuUnfoldIcon /> : <MenuFoldIcon />}
        </button>
      </nav>
    </>
  );
}

function Group({ label, collections }: { label: string; collections: string[] }) {
  const { objects } = useMeta();
  const shown = collections.filter((name) => name in objects);
  if (shown.length === 0) return null;
  return (
    <div className="nav-group" role="group" aria-label={label}>
      <div className="nav-heading nav-word">{label}</div>
      {shown.map((name) => <Item key={name} to={`/${name}`} icon={<Initial label={objects[name]?.label ?? name} />} label={objects[name]?.label ?? name} />)}
    </div>
  );
}

/** The first character says more than a drawing would, and needs no list of objects. */
const Initial = ({ label }: { label: string }) => <span className="initial" aria-hidden="true">{label.slice(0, 1)}</span>;

function Item({ to, icon, label, end }: { to: string; icon: ReactNode; label: string; end?: boolean }) {
  const { pathname } = useLocation();
  return (
    <NavLink to={to} end={end} title={label} className="nav-item" aria-current={pathname === to ? "page" : undefined}>
      {icon}<span className="nav-word">{label}</span>
    </NavLink>
  );
}

function useEscape(active: boolean, then: () => void): void {
  useEffect(() => {
    if (!active) return undefined;
    const listen = (event: KeyboardEvent) => { if (event.key === "Escape") then(); };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, [active, then]);
}
