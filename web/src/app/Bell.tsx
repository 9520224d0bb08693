import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { Link } from "react-router";
import { notifications, type Told } from "../client/live";
import { nearText } from "../kinds/dates";
import { BellIcon } from "../kit/frameIcons";
import { Skeleton } from "../kit/Skeleton";
import { Fly } from "./Fly";
import { useMeta } from "./meta";
import { useLive } from "./useLive";

/** The bell: how much is new, and on a click what. Having been looked at, it is no longer new. */
export default function Bell() {
  const unread = useLive();
  return (
    <Fly icon={<BellIcon />} title="通知" count={unread} label={unread > 0 ? `通知，${unread} 条未读` : "通知"}>
      {(close) => <Notifications unread={unread} onGo={close} />}
    </Fly>
  );
}

function Notifications({ unread, onGo }: { unread: number; onGo: () => void }) {
  const queries = useQueryClient();
  const hers = useMeta().me.delegate != null;
  // Asked for anew on every look: one read and another come in leave the number as it was.
  const told = useQuery({ queryKey: ["notifications", unread], queryFn: notifications.list, staleTime: 0 });
  const readAll = async () => {
    await notifications.read("all");
    await queries.invalidateQueries({ queryKey: ["changes"] });
    await queries.invalidateQueries({ queryKey: ["notifications"] });
  };
  if (told.isPending)
    return (
      <div className="told">
        <Skeleton rows={3} />
      </div>
    );
  const rows = told.data?.rows ?? [];
  return (
    <div className="told">
      {rows.length === 0 && (
        <p className="nothing-yet">还没有通知。别人把客户交给您、提到您，或您关注的记录有变化时，会出现在这里。</p>
      )}
      <ul>
        {rows.map((one) => (
          <One key={one.id} told={one} keeps={hers} onGo={onGo} />
        ))}
      </ul>
      {unread > 0 && !hers && (
        <Button size="small" type="link" onClick={() => void readAll()}>
          全部标为已读
        </Button>
      )}
    </div>
  );
}

/** The record it is about; the list, where it is about several. */
const placeOf = ({ collection, record }: Told) => (record === null ? `/${collection}` : `/${collection}/${record}`);

/** Whoever acts for somebody leaves her what is new as it is. */
function One({ told, keeps, onGo }: { told: Told; keeps: boolean; onGo: () => void }) {
  const words = (
    <>
      {told.text}
      <time className="muted figure" dateTime={told.at}>
        {nearText(told.at)}
      </time>
    </>
  );
  const go = () => {
    if (!told.read && !keeps) void notifications.read([told.id]);
    onGo();
  };
  return (
    <li className={told.read ? "" : "unread"}>
      {told.collection === "" ? (
        <span>{words}</span>
      ) : (
        <Link to={placeOf(told)} onClick={go}>
          {words}
        </Link>
      )}
    </li>
  );
}
