import { Link } from "react-router";
import { inMenuOrder, useMeta } from "../app/meta";
import { Empty } from "../kit/Empty";
import { Cards } from "./dashboard/Cards";

/** The first screen of the day. */
export default function Home() {
  const meta = useMeta();
  const [first] = meta.dashboards;
  return (
    <div className="page">
      <title>工作台 · 知客</title>
      <div className="home-head"><h1>{greeting()}，{meta.me.name || meta.me.username}</h1><span className="muted">{today()}</span></div>
      {first ? <Cards dashboard={first} /> : (
        <Empty title="从左边的菜单开始" hint="您的角色还没有配置看板。">
          {inMenuOrder(meta).slice(0, 3).map(({ collection, label }) => <Link key={collection} to={`/${collection}`}>{label}</Link>)}
        </Empty>
      )}
    </div>
  );
}

function greeting(hour = new Date().getHours()): string {
  if (hour < 5) return "夜深了";
  if (hour < 11) return "早上好";
  if (hour < 13) return "中午好";
  return hour < 18 ? "下午好" : "晚上好";
}

const today = () => new Date().toLocaleDateString("zh-CN", { month: "long", day: "numeric", weekday: "long" });
