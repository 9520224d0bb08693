import { Button, Dropdown } from "antd";
import { lazy, Suspense, useState } from "react";
import { useFormHost } from "../screens/form/host";
import { inMenuOrder, may, useMeta } from "./meta";
import { useSignOut } from "./session";
import { useMode } from "./theme";
import { MoonIcon, PlusIcon, SearchIcon, SunIcon, UserIcon } from "../kit/icons";

const Bell = lazy(() => import("./Bell"));
const ChangePassword = lazy(() => import("../screens/ChangePassword"));

export const SEARCH_KEY = navigator.platform.startsWith("Mac") ? "⌘K" : "Ctrl K";

export function TopBar({ onSearch }: { onSearch: () => void }) {
  const { dark, setMode } = useMode();
  return (
    <header className="topbar">
      <button type="button" className="search-box" onClick={onSearch} aria-keyshortcuts="Control+K Meta+K">
        <SearchIcon /> <span>搜索名称、拼音、电话、编号…</span> <kbd>{SEARCH_KEY}</kbd>
      </button>
      <span className="spacer" />
      <QuickCreate />
      <Button
        type="text" aria-label={dark ? "浅色" : "深色"} title={dark ? "换成浅色" : "换成深色"}
        icon={dark ? <SunIcon /> : <MoonIcon />} onClick={() => setMode(dark ? "light" : "dark")}
      />
      <Suspense><Bell /></Suspense>
      <Person />
    </header>
  );
}

/** What this person may create, in the order of the menu. */
export function useCreatable() {
  const meta = useMeta();
  return inMenuOrder(meta).filter((object) => may(object, "add"));
}

function QuickCreate() {
  const objects = useCreatable();
  const { open } = useFormHost();
  if (objects.length === 0) return null;
  const items = objects.map(({ collection, label }) => ({ key: collection, label: `新建${label}` }));
  return (
    <Dropdown trigger={["click"]} menu={{ items, onClick: ({ key }) => open({ collection: key }) }}>
      <Button icon={<PlusIcon />} className="desktop">新建</Button>
    </Dropdown>
  );
}

function Person() {
  const { me } = useMeta();
  const signOut = useSignOut();
  const [changing, setChanging] = useState(false);
  const items = [
    { key: "who", disabled: true, label: <span className="who"><strong>{me.name || me.username}</strong><small>{[me.department?.label, ...me.roles].filter(Boolean).join(" · ")}</small></span> },
    { type: "divider" as const },
    { key: "password", label: "修改密码" },
    { key: "out", label: "退出登录" },
  ];
  return (
    <>
      <Dropdown trigger={["click"]} menu={{ items, onClick: ({ key }) => { if (key === "out") void signOut(); else setChanging(true); } }}>
        <Button type="text" icon={<UserIcon />} aria-label={`账号：${me.name || me.username}`}><span className="desktop">{me.name || me.username}</span></Button>
      </Dropdown>
      {changing && <Suspense><ChangePassword onClose={() => setChanging(false)} /></Suspense>}
    </>
  );
}
