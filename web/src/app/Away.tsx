import { momentText } from "../kinds/dates";
import { useLocation } from "react-router";
import { useAway } from "../offline/network";
import { useOldest } from "../offline/answers";

/** Without a network: that it is so, and from when what is shown is. */
export default function Away() {
  const { pathname } = useLocation();
  const oldest = useOldest(pathname);
  const away = useAway();
  if (!away) return null;
  return (
    <p className="away" role="status">
      <strong>没有网络</strong>
      <span>
        {oldest === undefined ? "写下的内容会在联网后自动发送" : `显示的是 ${clock(oldest)} 的内容，写下的会在联网后发送`}
      </span>
    </p>
  );
}

function clock(at: number): string {
  const then = new Date(at);
  const time = then.toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit" });
  return then.toDateString() === new Date().toDateString() ? time : momentText(then.toISOString());
}
