import { lazy, Suspense } from "react";
import { Link } from "react-router";
import type { Shown } from "../../client/reports";
import { Boundary } from "../../kit/Problem";
import { Waiting } from "../dashboard/Waiting";
import { addressOf, figureText } from "./figures";
import { Sheet } from "./Sheet";
import { TileMap } from "./TileMap";

const Drawing = lazy(() => import("./Drawing"));
const PLAIN = new Set(["table", "pivot", "number", "map"]);

/** How full a ring is only a goal says; a share has its own. */
const aimless = ({ picture, goal, measures }: Shown) => picture === "gauge" && !Number(goal) && measures[0]?.unit !== "percent";

export const isDrawn = (shown: Shown | undefined): boolean => shown !== undefined && !PLAIN.has(shown.picture) && !aimless(shown);

interface Props {
  shown: Shown;
  name: string;
  onReady?: (toPng: () => string) => void;
}

/** The picture of a report. What is drawn stands in a table as well, for the keyboard and for those who cannot see it. */
export function View({ shown, name, onReady }: Props) {
  if (shown.picture === "number" || aimless(shown)) return <BigNumbers shown={shown} />;
  if (shown.picture !== "gauge" && shown.rows.length === 0 && shown.columns.length === 0 && shown.row_fields.length > 0)
    return <p className="nothing-yet">没有符合条件的数据</p>;
  if (shown.picture === "map") return <TileMap shown={shown} />;
  if (!isDrawn(shown)) return <Sheet shown={shown} />;
  return (
    <Boundary>
      <Suspense fallback={<Waiting error={null} tall />}>
        <Drawing shown={shown} onReady={onReady} />
      </Suspense>
      <div className="for-keyboard" role="region" aria-label={`${name}的数据`}>
        <Sheet shown={shown} />
      </div>
    </Boundary>
  );
}

function BigNumbers({ shown }: { shown: Shown }) {
  return (
    <div className="big-numbers">
      {shown.measures.map((measure, m) => (
        <div key={m}>
          {shown.measures.length > 1 && <small className="muted">{measure.label}</small>}
          <Link className="big-figure" to={addressOf(shown, measure)}>
            {figureText(measure, shown.total[m] ?? (measure.adds ? "0" : null))}
          </Link>
        </div>
      ))}
      {aimless(shown) && <small className="muted">填写目标值后，按完成的多少画成仪表</small>}
    </div>
  );
}
