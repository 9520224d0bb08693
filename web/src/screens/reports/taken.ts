/** A table, tiles or numbers as a picture: what stands on the page, written once more on a canvas. */
const MOST_PIXELS = 16_000,
  ROOM = 16;

interface Paper {
  pen: CanvasRenderingContext2D;
  left: number;
  top: number;
}

/** Everything inside an element, also what has to be scrolled to. */
export function taken(box: HTMLElement, sharp: number): HTMLCanvasElement {
  const inside = [...box.querySelectorAll<HTMLElement>("*")].filter((element) => element.checkVisibility());
  const { left, top } = box.getBoundingClientRect();
  const rects = inside
    .filter(({ childElementCount }) => childElementCount === 0)
    .map((element) => element.getBoundingClientRect());
  const width = Math.max(1, ...rects.map(({ right }) => right - left)) + ROOM,
    height = Math.max(1, ...rects.map(({ bottom }) => bottom - top)) + ROOM;
  const scale = Math.min(sharp, MOST_PIXELS / width, MOST_PIXELS / height);
  const canvas = Object.assign(document.createElement("canvas"), {
    width: Math.ceil(width * scale),
    height: Math.ceil(height * scale),
  });
  const pen = canvas.getContext("2d");
  if (!pen) return canvas;
  pen.scale(scale, scale);
  pen.fillStyle = getComputedStyle(box).backgroundColor;
  pen.fillRect(0, 0, width, height);
  for (const element of inside) surface({ pen, left, top }, element);
  for (const element of inside) written({ pen, left, top }, element);
  return canvas;
}

/** Its ground, and the lines above and below it. */
function surface({ pen, left, top }: Paper, element: HTMLElement): void {
  const style = getComputedStyle(element);
  const { x, y, width, height } = element.getBoundingClientRect();
  pen.fillStyle = style.backgroundColor;
  pen.beginPath();
  pen.roundRect(x - left, y - top, width, height, parseFloat(style.borderTopLeftRadius) || 0);
  pen.fill();
  const lines = [
    [style.borderTopWidth, style.borderTopColor, y],
    [style.borderBottomWidth, style.borderBottomColor, y + height],
  ] as const;
  for (const [wide, colour, at] of lines) {
    if (!parseFloat(wide)) continue;
    pen.fillStyle = colour;
    pen.fillRect(x - left, at - top, width, parseFloat(wide));
  }
}

/** The words that stand in it directly, line by line as the page breaks them. */
function written({ pen, left, top }: Paper, element: HTMLElement): void {
  const style = getComputedStyle(element);
  pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  pen.fillStyle = style.color;
  pen.textBaseline = "middle";
  for (const node of element.childNodes) {
    if (node.nodeType !== Node.TEXT_NODE || !node.textContent?.trim()) continue;
    for (const { text, at } of linesOf(node)) pen.fillText(text, at.left - left, at.top + at.height / 2 - top);
  }
}

function linesOf(node: Node): { text: string; at: DOMRect }[] {
  const range = document.createRange();
  range.selectNodeContents(node);
  const whole = range.getClientRects();
  const text = node.textContent ?? "";
  if (whole.length === 1 && whole[0]) return [{ text: text.trim(), at: whole[0] }];
  const lines: { text: string; at: DOMRect }[] = [];
  for (let place = 0; place < text.length; place++) {
    range.setStart(node, place);
    range.setEnd(node, place + 1);
    const at = range.getBoundingClientRect();
    const line = lines.at(-1);
    if (line && Math.abs(line.at.top - at.top) < 2) line.text += text.charAt(place);
    else lines.push({ text: text.charAt(place), at });
  }
  return lines;
}
