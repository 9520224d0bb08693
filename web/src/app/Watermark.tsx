/** 屏幕水印: who looks and when, faintly across everything, so that a photograph of the screen tells both. */
import dayjs from "dayjs";
import { useEffect, useState } from "react";
import "./watermark.css";

const MINUTES = 5;

export default function Watermark({ who }: { who: string }) {
  const now = useNow();
  return <div className="watermark" aria-hidden="true" data-mark={who} style={{ backgroundImage: tile(`${who} ${now}`) }} />;
}

/** The time, told anew every few minutes. */
function useNow(): string {
  const [now, setNow] = useState(() => dayjs());
  useEffect(() => {
    const clock = setInterval(() => setNow(dayjs()), MINUTES * 60_000);
    return () => clearInterval(clock);
  }, []);
  return now.format("YYYY-MM-DD HH:mm");
}

/** A picture that repeats; what the name holds is text in it and nothing else. */
function tile(text: string): string {
  const words = text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const picture = `<svg xmlns="http://www.w3.org/2000/svg" width="360" height="220"><text x="10" y="150" transform="rotate(-22 10 150)" font-family="system-ui, sans-serif" font-size="15" fill="#808080" fill-opacity=".13">${words}</text></svg>`;
  return `url("data:image/svg+xml,${encodeURIComponent(picture)}")`;
}
