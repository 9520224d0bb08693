/** How this person likes it. The server keeps it; the browser remembers the looks, for the moment before anybody has signed in. */
import { useSyncExternalStore } from "react";
import { preferences as server, type Preferences } from "../client/desk";
import { toast } from "../kit/toast";
import { language, storedLanguage } from "../kit/words";
import { isObject } from "../kinds/values";
import { readStored, writeStored } from "./stored";

const UNCHOSEN: Preferences = {
  theme: "system",
  density: "comfortable",
  language: "zh-CN",
  menu_folded: false,
  home: null,
  favourites: [],
};
/** The language chosen before signing in, which then becomes the person's own. */
const WISH = "wished-language";
const LOOKS = ["theme", "density", "language", "menu_folded"] as const;

let now: Preferences = { ...UNCHOSEN, ...remembered() };
let signedIn = false;
let sending: Promise<unknown> = Promise.resolve();
const watchers = new Set<() => void>();

function remembered(): Partial<Preferences> {
  const looks = readStored("looks");
  return isObject(looks) ? looks : {};
}

function set(next: Preferences): void {
  now = next;
  writeStored("looks", Object.fromEntries(LOOKS.map((name) => [name, next[name]])));
  for (const watcher of watchers) watcher();
}

/** Somebody has signed in, with these preferences. */
export function adopt(given: Preferences | undefined): void {
  signedIn = given !== undefined;
  if (!given) return;
  const wished = readStored(WISH);
  writeStored(WISH, undefined);
  set({ ...UNCHOSEN, ...given });
  if (wished === language && wished !== given.language) prefer({ language });
  else speak();
}

/** Nobody is signed in any more; only how it looks stays. */
export function forgetPerson(): void {
  signedIn = false;
  set({ ...now, home: null, favourites: [] });
}

/** Shown at once, kept a moment later; one after the other, so that the last word wins. */
export function prefer(patch: Partial<Preferences>): void {
  set({ ...now, ...patch });
  if (signedIn) sending = sending.then(() => server.change(patch)).catch(toast.error);
  else if (patch.language) writeStored(WISH, patch.language);
  if (patch.language) void sending.then(speak);
}

/** The page is read anew in another language, if the browser remembers which. */
function speak(): void {
  if (storedLanguage() !== language) location.reload();
}

const subscribe = (watcher: () => void) => {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
};

export const preferred = (): Preferences => now;
export const usePreferences = (): Preferences => useSyncExternalStore(subscribe, preferred);
