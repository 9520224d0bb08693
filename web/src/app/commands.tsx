/** What the palette offers besides records: favourites, new ones, places, views and commands. */
import { useQuery } from "@tanstack/react-query";
import { useLocation, useNavigate } from "react-router";
import { allViews } from "../client/desk";
import { hasSettings } from "../extras/settings";
import { useFormHost } from "../screens/form/host";
import { useHere } from "./favourites";
import { inMenuOrder, may, useMeta } from "./meta";
import { prefer, usePreferences } from "./preferences";
import { useSignOut } from "./session";
import { useMode } from "./theme";
import { placeOf, useVisits } from "./visits";

export interface Entry {
  key: string;
  shown: string;
  go: () => void;
  /** Other words it answers to. */ also?: string;
  /** What kind of thing it is. */ hint?: string;
}
export interface Entries {
  label: string;
  items: Entry[];
}

const CREATING = ["xinjian", "xj", "new", "新建", "新增"];

/** Whether an entry answers to the word: by what it reads, or by another name of it. */
export function answers(word: string, { shown, also = "" }: { shown: string; also?: string }): boolean {
  const wanted = word.toLowerCase();
  return wanted === "" || shown.toLowerCase().includes(wanted) || also.split(" ").some((name) => name.startsWith(wanted));
}

export function useCommands(word: string, close: () => void, creating: boolean): Entries[] {
  const news = useNews(close);
  const places = usePlaces(close);
  const kept = useKept(close);
  const recent = useRecent(close);
  const deeds = useDeeds(close);
  const fits = (entry: Entry) => answers(word, entry);
  if (creating) return [{ label: "新建", items: news.filter(fits) }];
  const found: Entries[] =
    word === ""
      ? [
          { label: "最近访问", items: recent },
          { label: "收藏", items: kept.favourites.filter(({ to }) => !recent.some((one) => one.to === to)).slice(0, 5) },
          { label: "新建", items: news.slice(0, 4) },
          { label: "前往", items: places.slice(0, 4) },
          { label: "命令", items: deeds },
        ]
      : [
          { label: "新建", items: CREATING.includes(word.toLowerCase()) ? news : news.filter(fits).slice(0, 4) },
          { label: "收藏和视图", items: [...kept.favourites, ...kept.views].filter(fits).slice(0, 5) },
          { label: "前往", items: places.filter(fits).slice(0, 6) },
          { label: "命令", items: deeds.filter(fits) },
        ];
  return found.filter(({ items }) => items.length > 0);
}

function useGo(close: () => void) {
  const navigate = useNavigate();
  return (to: string) => () => {
    close();
    void navigate(to);
  };
}

type Place = Entry & { to: string };

/** Where she was before the screen she is looking at. */
function useRecent(close: () => void): Place[] {
  const { pathname } = useLocation();
  const hint = useHint();
  const go = useGo(close);
  return useVisits()
    .filter(({ to }) => to !== pathname)
    .slice(0, 6)
    .map(({ to, label }) => ({ key: `recent ${to}`, to, shown: label, hint: hint(to), go: go(to) }));
}

/** A record is told from others of its name by its object. */
function useHint() {
  const { objects } = useMeta();
  return (to: string) => {
    const place = placeOf(to);
    return place?.record ? (objects[place.collection]?.label ?? "") : "";
  };
}

function useNews(close: () => void): Entry[] {
  const { open } = useFormHost();
  return inMenuOrder(useMeta())
    .filter((object) => may(object, "add"))
    .map(({ collection, label }) => ({
      key: `new ${collection}`,
      shown: `新建${label}`,
      also: collection,
      go: () => {
        close();
        open({ collection });
      },
    }));
}

function usePlaces(close: () => void): Entry[] {
  const meta = useMeta();
  const go = useGo(close);
  const objects = inMenuOrder(meta);
  return [
    { to: "/", label: "工作台", also: "home gongzuotai gzt" },
    ...meta.dashboards.map(({ name, label }) => ({ to: `/dashboards/${name}`, label, also: `dashboard ${name}` })),
    ...objects.map(({ collection, label }) => ({ to: `/${collection}`, label, also: collection })),
    { to: "/deadlines", label: "时限", also: "deadlines clocks shixian" },
    { to: "/jobs", label: "后台任务", also: "jobs" },
    { to: "/account/deeds", label: "我的操作", also: "undo deeds chexiao caozuo" },
    ...(hasSettings(meta)
      ? [
          { to: "/settings", label: "设置", also: "settings shezhi" },
          { to: "/settings/options", label: "选项与阶段", also: "options stages xuanxiang jieduan" },
        ]
      : []),
    ...objects
      .filter((object) => may(object, "import"))
      .map(({ collection, label }) => ({
        to: `/imports/new?collection=${collection}`,
        label: `导入${label}`,
        also: "import daoru",
      })),
  ].map(({ to, label, also }) => ({ key: to, shown: label, also, go: go(to) }));
}

function useKept(close: () => void): { favourites: Place[]; views: Entry[] } {
  const { objects } = useMeta();
  const { favourites } = usePreferences();
  const go = useGo(close);
  const hint = useHint();
  const views = useQuery({ queryKey: ["views"], queryFn: allViews, staleTime: 60_000, retry: false });
  const named = (views.data ?? [])
    .filter(({ collection }) => collection in objects)
    .map(({ id, collection, query, name }) => ({
      key: `view ${id}`,
      shown: `${objects[collection]?.label ?? ""}：${name}`,
      go: go(`/${collection}?${query}`),
    }));
  return {
    favourites: favourites.map(({ to, label }) => ({ key: `kept ${to}`, to, shown: label, hint: hint(to), go: go(to) })),
    views: named,
  };
}

function useDeeds(close: () => void): Entry[] {
  const { dark } = useMode();
  const { density, menu_folded: folded } = usePreferences();
  const here = useHere();
  const signOut = useSignOut();
  const deed = (key: string, shown: string, also: string, then: () => void): Entry => ({
    key,
    shown,
    also,
    go: () => {
      close();
      then();
    },
  });
  return [
    dark
      ? deed("light", "换成浅色主题", "theme light zhuti qianse", () => prefer({ theme: "light" }))
      : deed("dark", "换成深色主题", "theme dark zhuti shense", () => prefer({ theme: "dark" })),
    deed("system", "主题跟随系统", "theme system zhuti", () => prefer({ theme: "system" })),
    density === "compact"
      ? deed("comfortable", "换成宽松密度", "density midu", () => prefer({ density: "comfortable" }))
      : deed("compact", "换成紧凑密度", "density compact midu", () => prefer({ density: "compact" })),
    folded
      ? deed("unfold", "展开菜单", "menu caidan", () => prefer({ menu_folded: false }))
      : deed("fold", "收起菜单", "menu caidan", () => prefer({ menu_folded: true })),
    ...(here ? [deed("star", here.kept ? "取消收藏当前页面" : "收藏当前页面", "favourite shoucang star", here.toggle)] : []),
    deed("out", "退出登录", "logout signout tuichu", () => void signOut()),
  ];
}
