/** Where the keyboard has been, the latest first. What opened something may be gone when that closes, as the line of a menu is; then it goes on one step before. */
export type Trail = readonly Element[];

const LONGEST = 50;
/** Keys that only go somewhere. */
const WALKING = new Set(["Tab", "Shift", "Control", "Alt", "Meta"]);
const HOLDS = "button, a[href], input, textarea, select, [tabindex]";

let trail: Trail = [];
let atDeed: Trail = [];

const stepTo = (place: Element): Trail =>
  [place, ...trail.filter((other) => other !== place && other.isConnected)].slice(0, LONGEST);

function deed(place: Element | null): void {
  atDeed = place && place !== document.body ? (trail = stepTo(place)) : [];
}

// What floats stops many events on their way up, so they are met on their way down.
addEventListener(
  "focusin",
  ({ target }) => {
    if (target instanceof Element) trail = stepTo(target);
  },
  true,
);
addEventListener(
  "keydown",
  ({ key }) => {
    if (!WALKING.has(key)) deed(document.activeElement);
  },
  true,
);
// Not every browser gives the keyboard to a button that is clicked.
addEventListener(
  "click",
  ({ target }) => deed((target instanceof Element && target.closest(HOLDS)) || document.activeElement),
  true,
);

/** The way as it was when somebody last did something: what was asked for may appear only after the keyboard has gone on. */
export const trailAtDeed = (): Trail => atDeed;

/** To the last place that can still be reached. What the keyboard did not lose is not given back. */
export function goBack(way: Trail): void {
  if (document.activeElement !== null && document.activeElement !== document.body) return;
  way.some((place) => {
    if (place instanceof HTMLElement) place.focus({ preventScroll: true });
    return document.activeElement === place;
  });
}
