import { Button, type MenuProps } from "antd";
import { lazy, Suspense, useState } from "react";
import { useNavigate } from "react-router";
import { useFormHost } from "../screens/form/host";
import { CheckIcon, HelpIcon, PlusIcon, SearchIcon, StarFilledIcon, StarIcon, UserIcon } from "../kit/frameIcons";
import { LaterMenu } from "../kit/LaterMenu";
import { LANGUAGES } from "../kit/words";
import { useHere } from "./favourites";
import { delegations } from "../client/delegations";
import type { Preferences } from "../client/desk";
import type { Me } from "../client/meta";
import { inMenuOrder, may, useMeta } from "./meta";
import { prefer, usePreferences } from "./preferences";
import { MODIFIER } from "./shortcuts";

const Bell = lazy(() => import("./Bell"));
const Outbox = lazy(() => import("./Outbox"));
const SignOut = lazy(() => import("./SignOut"));
const Todos = lazy(() => import("./Todos"));
const ChangePassword = lazy(() => import("../screens/ChangePassword"));
const Delegations = lazy(() => import("../screens/Delegations"));

export const SEARCH_KEY = MODIFIER === "⌘" ? "⌘K" : "Ctrl K";

export function TopBar({ onSearch, onHelp }: { onSearch: () => void; onHelp: () => void }) {
  const todos = useMeta().home.cards.some(({ todo }) => todo);
  return (
    <header className="topbar">
      <button type="button" className="search-box" onClick={onSearch} aria-keyshortcuts="Control+K Meta+K">
        <SearchIcon /> <span>搜索名称、拼音、电话、编号…</span> <kbd>{SEARCH_KEY}</kbd>
      </button>
      <span className="spacer" />
      <QuickCreate />
      <Star />
      <Suspense>
        <Outbox />
        {todos && <Todos />}
        <Bell />
      </Suspense>
      <Button type="text" className="desktop" icon={<HelpIcon />} aria-label="快捷键" title="快捷键（?）" onClick={onHelp} />
      <Person />
    </header>
  );
}

function Star() {
  const here = useHere();
  if (!here) return null;
  const does = here.kept ? "取消收藏" : "收藏当前页面";
  return (
    <Button
      type="text"
      className={here.kept ? "starred" : ""}
      icon={here.kept ? <StarFilledIcon /> : <StarIcon />}
      aria-pressed={here.kept}
      aria-label="收藏当前页面"
      title={`${does}（F）`}
      onClick={here.toggle}
    />
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
    <LaterMenu menu={{ items, onClick: ({ key }) => open({ collection: key }) }}>
      <Button icon={<PlusIcon />} className="desktop" aria-keyshortcuts="C" title="新建（C）">
        新建
      </Button>
    </LaterMenu>
  );
}

const THEMES = [
  { key: "light", label: "浅色" },
  { key: "dark", label: "深色" },
  { key: "system", label: "跟随系统" },
] as const;
const DENSITIES = [
  { key: "comfortable", label: "宽松" },
  { key: "compact", label: "紧凑" },
] as const;

/** What the menu behind one's name opens. */
const DIALOGS = { password: ChangePassword, delegations: Delegations, out: SignOut };
type DialogName = keyof typeof DIALOGS;

function Person() {
  const { me } = useMeta();
  const navigate = useNavigate();
  const preferences = usePreferences();
  const [asked, setAsked] = useState<DialogName | null>(null);
  const name = me.delegate ? `${me.delegate.label} 代 ${me.name}` : me.name || me.username;
  const choose = (key: string) => {
    const picked = <K extends string>(all: readonly { key: K }[]) => all.find((one) => one.key === key)?.key;
    const [theme, density, language] = [picked(THEMES), picked(DENSITIES), picked(LANGUAGES)];
    if (theme) prefer({ theme });
    else if (density) prefer({ density });
    else if (language) prefer({ language });
    else if (key === "deeds" || key === "security") void navigate(`/account/${key}`);
    else if (key === "stop") void delegations.stop().then(() => location.assign("/"));
    else setAsked(key === "out" || key === "delegations" ? key : "password");
  };
  const Asked = asked && DIALOGS[asked];
  return (
    <>
      <LaterMenu menu={{ items: personMenu(me, name, preferences), onClick: ({ key }) => choose(key) }}>
        <Button type="text" icon={<UserIcon />} aria-label={`账号：${name}`} className={me.delegate ? "acting" : undefined}>
          <span className="desktop">{name}</span>
        </Button>
      </LaterMenu>
      {Asked && (
        <Suspense>
          <Asked onClose={() => setAsked(null)} />
        </Suspense>
      )}
    </>
  );
}

/** Who one is, how it looks, and what concerns one's own account; acting for somebody, only the way back from it. */
function personMenu(me: Me, name: string, { theme, density, language }: Preferences): MenuProps["items"] {
  const account = [
    { key: "delegations", label: "授权代理" },
    { key: "deeds", label: "我的操作" },
    { key: "security", label: "登录与安全" },
    { key: "password", label: "修改密码" },
  ];
  return [
    {
      key: "who",
      disabled: true,
      label: (
        <span className="who">
          <strong>{name}</strong>
          <small>{[me.department?.label, ...me.roles].filter(Boolean).join(" · ")}</small>
        </span>
      ),
    },
    { type: "divider" },
    { type: "group", label: "主题", children: THEMES.map((one) => chosen(one, theme)) },
    { type: "group", label: "密度", className: "desktop", children: DENSITIES.map((one) => chosen(one, density)) },
    { type: "group", label: "语言", children: LANGUAGES.map((one) => chosen(one, language)) },
    { type: "divider" },
    ...(me.delegate ? [{ key: "stop", label: "结束代理" }] : account),
    { key: "out", label: "退出登录" },
  ];
}

const chosen = ({ key, label }: { key: string; label: string }, now: string) => ({
  key,
  label,
  icon: <span className="tick">{key === now && <CheckIcon />}</span>,
  "aria-current": key === now,
});
