/** 图片水印: a report as a picture that tells who took it along and when. */
import dayjs from "dayjs";
import type { EChartsType } from "echarts/core";
import { taken } from "./taken";

const SHARP = 2;
const STEP = { across: 300, down: 150 };

export const picture = (chart: EChartsType, who: string): string => signed(chart.renderToCanvas({ pixelRatio: SHARP }), who);

export const pictureOf = (box: HTMLElement, who: string): string => signed(taken(box, SHARP), who);

function signed(canvas: HTMLCanvasElement, who: string): string {
  if (who) mark(canvas, `${who} ${dayjs().format("YYYY-MM-DD HH:mm")}`);
  return canvas.toDataURL("image/png");
}

function mark(canvas: HTMLCanvasElement, text: string): void {
  const pen = canvas.getContext("2d");
  if (!pen) return;
  pen.setTransform(SHARP, 0, 0, SHARP, 0, 0);
  pen.font = "15px system-ui, sans-serif";
  pen.fillStyle = "rgba(128, 128, 128, .28)";
  for (let x = 10; x < canvas.width / SHARP; x += STEP.across) {
    for (let y = 60; y < canvas.height / SHARP + STEP.down; y += STEP.down) write(pen, text, x, y);
  }
}

function write(pen: CanvasRenderingContext2D, text: string, x: number, y: number): void {
  pen.save();
  pen.translate(x, y);
  pen.rotate(-0.38);
  pen.fillText(text, 0, 0);
  pen.restore();
}
