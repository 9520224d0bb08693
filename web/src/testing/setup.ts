/** What a browser has and the test's page lacks. */
import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";
import "../kinds";
import { forgetHolder } from "../offline/holder";
import { reached } from "../offline/network";

class Still implements ResizeObserver {
  observe(): void {
    /* Nothing changes its size here. */
  }
  unobserve(): void {
    /* See above. */
  }
  disconnect(): void {
    /* See above. */
  }
}

// A busy machine is slow, not wrong.
configure({ asyncUtilTimeout: 8000 });

globalThis.ResizeObserver = Still;
// Who wants things still gets them still: no test may depend on how far a motion has come.
window.matchMedia = (media) =>
  Object.assign(new EventTarget(), { media, matches: media.includes("reduced-motion"), onchange: null }) as MediaQueryList;
HTMLDialogElement.prototype.showModal = function showModal() {
  this.open = true;
};
Element.prototype.scrollTo = () => undefined;
Element.prototype.scrollIntoView = () => Promise.resolve() as never; // as newer browsers do

afterEach(async () => {
  cleanup();
  await forgetHolder();
  reached(true);
  localStorage.clear();
});
