/** The first field of what has just opened: there the keyboard begins, unless somebody has gone on already. */
const FIELDS =
  'input:not([type="hidden"], [type="radio"], [type="checkbox"], :disabled, [tabindex="-1"]), textarea:not(:disabled), select:not(:disabled)';
const LOADING = ".control-skeleton, .skeleton";
const STEP = 30,
  PATIENCE = 3000;

/** Tried until it can be reached: a dialog is hidden at first, and larger controls arrive a moment after it. Answers with the way to stop. */
export function focusFirst(body: HTMLElement): () => void {
  const until = Date.now() + PATIENCE;
  const timer = setInterval(() => {
    if (reached(body) || Date.now() > until) stop();
  }, STEP);
  const stop = () => {
    clearInterval(timer);
    for (const sort of DEEDS) removeEventListener(sort, stop, true);
  };
  for (const sort of DEEDS) addEventListener(sort, stop, true);
  return stop;
}

const DEEDS = ["keydown", "pointerdown"] as const;

function reached(body: HTMLElement): boolean {
  if (body.contains(document.activeElement)) return true;
  const field = body.querySelector<HTMLElement>(FIELDS);
  field?.focus();
  return field ? document.activeElement === field : !body.querySelector(LOADING) && body.childElementCount > 0;
}
