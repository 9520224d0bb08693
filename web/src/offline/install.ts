/** Lets the browser keep the shell, once the first screen no longer needs the line. */
const AFTER = 2000;

export function installWorker(): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  addEventListener(
    "load",
    () => setTimeout(() => void navigator.serviceWorker.register("/worker.js").catch(() => undefined), AFTER),
    { once: true },
  );
}
