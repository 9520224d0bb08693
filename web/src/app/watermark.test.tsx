import { render } from "@testing-library/react";
import { expect, test } from "vitest";
import Watermark from "./Watermark";

test("the screen bears who looks and when, as text and nothing else, and is in nobody's way", () => {
  const { container } = render(<Watermark who={'李四 <script>&"'} />);
  const veil = container.firstElementChild as HTMLElement;
  const drawn = decodeURIComponent(veil.style.backgroundImage);
  expect(drawn).toMatch(/>李四 &#60;script&#62;&#38;&#34; \d{4}-\d\d-\d\d \d\d:\d\d<\/text>/);
  expect(veil.getAttribute("aria-hidden")).toBe("true");
});
