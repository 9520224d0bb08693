/** Whether somebody is there: a page left open asks on, and the server is told that nobody looked. */

const AFTER = 60_000;
const SIGNS = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"];
let seen = Date.now();

export function watchForPeople(): void {
  for (const sign of SIGNS)
    addEventListener(
      sign,
      () => {
        seen = Date.now();
      },
      { passive: true, capture: true },
    );
}

export const presence = (): Record<string, string> => (Date.now() - seen > AFTER ? { "Zhike-Away": "1" } : {});
