/**
 * 先应后办: whoever clicks sees at once what was clicked, before the screen it leads to is worked out; what it asks of the server
 * is asked when that stands on the screen. Where one machine is server and desk, the answer would otherwise take the time the
 * picture needs.
 */

/** What shows that it was clicked, for a moment: see `[data-heard]`. */
const CLICKABLE = "a[href], button";
const MOMENT = 250;
/** A hidden page is never painted: what it asks waits no longer than this, in milliseconds. */
const PATIENCE = 100;

let painting: Promise<void> | undefined;

export function hearPeople(): void {
  addEventListener(
    "click",
    (event) => {
      show(event.target);
      paint();
    },
    { capture: true, passive: true },
  );
  addEventListener("keydown", paint, { capture: true, passive: true });
}

/** Fulfilled at once unless somebody has just clicked or typed and the page has not been painted since. */
export function painted(): Promise<void> | undefined {
  return painting;
}

function show(clicked: EventTarget | null): void {
  const shown = clicked instanceof Element && clicked.closest(CLICKABLE);
  if (!shown) return;
  shown.setAttribute("data-heard", "");
  setTimeout(() => {
    shown.removeAttribute("data-heard");
  }, MOMENT);
}

function paint(): void {
  painting ??= new Promise<void>((done) => {
    requestAnimationFrame(() => setTimeout(done));
    setTimeout(done, PATIENCE);
  }).finally(() => {
    painting = undefined;
  });
}
