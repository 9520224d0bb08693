/** 收藏: what somebody wants at hand – a record, a list as she narrowed it, a dashboard. */
import { useCallback } from "react";
import { useLocation } from "react-router";
import { allViews } from "../client/desk";
import { toast } from "../kit/toast";
import { useMeta } from "./meta";
import { prefer, preferred, usePreferences } from "./preferences";
import { placeOf, shownTitle } from "./visits";

const MOST = 50;
const LONGEST = 120;
const DASHBOARD = /^\/(?:dashboards|reports)\/[^/]+$/;

interface Here {
  to: string;
  kept: boolean;
  toggle: () => void;
}

/** The screen one is looking at, and whether it is a favourite; null where there is nothing to keep. */
export function useHere(): Here | null {
  const { pathname, search } = useLocation();
  const { objects } = useMeta();
  const { favourites } = usePreferences();
  const place = placeOf(pathname);
  const keepable = DASHBOARD.test(pathname) || (place !== null && place.collection in objects);
  const to = place?.record ? pathname : pathname + search;
  const kept = favourites.some((one) => one.to === to);
  const toggle = useCallback(() => {
    if (kept) drop(to);
    else void keep(to);
  }, [kept, to]);
  return keepable ? { to, kept, toggle } : null;
}

export function drop(to: string): void {
  prefer({ favourites: preferred().favourites.filter((one) => one.to !== to) });
}

async function keep(to: string): Promise<void> {
  const { favourites } = preferred();
  if (favourites.length >= MOST) {
    toast.error(new Error(`收藏最多 ${MOST} 个，请先取消一些`));
    return;
  }
  const label = (await labelOf(to)).slice(0, LONGEST);
  prefer({ favourites: [...preferred().favourites.filter((one) => one.to !== to), { to, label }] });
  toast.ok(`已收藏“${label}”`);
}

/** A view goes by its own name, every other screen by its title. */
async function labelOf(to: string): Promise<string> {
  const title = shownTitle() || to;
  const [path = "", query] = to.split("?");
  if (query === undefined) return title;
  const views = await allViews().catch(() => []);
  const view = views.find((one) => `/${one.collection}` === path && one.query === query);
  return view ? `${title}：${view.name}` : `${title}（已筛选）`;
}
