import { Button } from "antd";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { Link } from "react-router";
import { inMenuOrder, useMeta } from "../app/meta";
import { Empty } from "../kit/Empty";
import { SettingIcon } from "../kit/frameIcons";
import { DeskCard, spanOf } from "./home/HomeCards";
import { useLayout } from "./home/layout";
import { language } from "../kit/words";
import "../app/desk.css";

const Arrange = lazy(() => import("./home/Arrange"));

/** The first screen of the day. */
export default function Home() {
  const { me, home } = useMeta();
  const [arranging, setArranging] = useState(false);
  const start = useFocusBack(arranging);
  return (
    <div className="page">
      <title>工作台 · 知客</title>
      <div className="home-head">
        <h1>{`${greeting()}，${me.name || me.username}`}</h1>
        <span className="muted">{today()}</span>
        <span className="spacer" />
        {home.cards.length > 0 && !arranging && (
          <Button ref={start} type="text" icon={<SettingIcon />} aria-label="调整" onClick={() => setArranging(true)}>
            <span className="desktop">调整</span>
          </Button>
        )}
      </div>
      {arranging ? (
        <Suspense fallback={<Desk />}>
          <Arrange onDone={() => setArranging(false)} />
        </Suspense>
      ) : (
        <Desk />
      )}
    </div>
  );
}

function Desk() {
  const meta = useMeta();
  const { shown } = useLayout();
  if (shown.length > 0)
    return (
      <div className="desk">
        {shown.map((card) => (
          <div key={card.name} className={spanOf(card)}>
            <DeskCard card={card} />
          </div>
        ))}
      </div>
    );
  const hint =
    meta.home.cards.length > 0 ? "您移走了所有卡片，点“调整”可以重新添加。" : "您的角色不看业务数据，这里没有要办的事。";
  return (
    <Empty title="从左边的菜单开始" hint={hint}>
      {inMenuOrder(meta)
        .slice(0, 4)
        .map(({ collection, label }) => (
          <Link key={collection} to={`/${collection}`}>
            {label}
          </Link>
        ))}
    </Empty>
  );
}

/** When arranging is over, the keyboard goes on where it began. */
function useFocusBack(arranging: boolean) {
  const button = useRef<HTMLButtonElement>(null);
  const was = useRef(arranging);
  useEffect(() => {
    if (was.current && !arranging) button.current?.focus();
    was.current = arranging;
  }, [arranging]);
  return button;
}

function greeting(hour = new Date().getHours()): string {
  if (hour < 5) return "夜深了";
  if (hour < 11) return "早上好";
  if (hour < 13) return "中午好";
  return hour < 18 ? "下午好" : "晚上好";
}

const today = () => new Date().toLocaleDateString(language, { month: "long", day: "numeric", weekday: "long" });
