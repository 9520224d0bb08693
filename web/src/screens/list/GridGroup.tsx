import { Button } from "antd";
import type { Description } from "../../client/types";
import { kindOf } from "../../kinds";
import { DownIcon, RightIcon } from "../../kit/icons";
import type { Placed } from "./layout";
import type { GroupLine, RestLine } from "./lines";
import { isMeasured, totalText, wayOf, WAYS } from "./totals";

/** Where a line of a table stands. */
export interface At {
  top: number;
  template: string;
  line: number;
  height: number;
}

interface Props extends At {
  group: GroupLine;
  object: Description;
  placed: Placed[];
  totals: Record<string, string>;
  active: boolean;
  onFold: (key: string) => void;
}

/** The head of a group: what its rows have in common, how many there are, and what they add up to. */
export function GridGroup({ top, template, line, height, group, object, placed, totals, active, onFold }: Props) {
  return (
    <div
      role="row"
      aria-rowindex={line + 2}
      aria-expanded={group.open}
      aria-level={group.depth + 1}
      className={`grid-row grid-group depth-${group.depth}`}
      style={{ gridTemplateColumns: template, transform: `translateY(${top}px)`, height }}
      onClick={() => onFold(group.key)}
    >
      <span
        role="gridcell"
        className="grid-group-name"
        tabIndex={active ? 0 : -1}
        data-cell={`${line}:0`}
        style={{ gridColumn: `1 / span ${1 + span(placed)}` }}
      >
        {group.open ? <DownIcon /> : <RightIcon />}
        <strong>{group.label}</strong>
        <small className="muted figure">{`${group.count.toLocaleString("zh-CN")} 条`}</small>
      </span>
      {placed.slice(span(placed)).map(({ field }) => (
        <span
          key={field.name}
          role="gridcell"
          className={`figure muted ${kindOf(field).align ?? ""}`}
          title={isMeasured(field) ? `${object.label}${field.label}${WAYS[wayOf(field, totals)] ?? ""}` : undefined}
        >
          {isMeasured(field) ? totalText(field, wayOf(field, totals), group.figures) : ""}
        </span>
      ))}
    </div>
  );
}

/** The name of a group takes the columns before the first figure. */
function span(placed: Placed[]): number {
  const first = placed.findIndex(({ field }) => isMeasured(field));
  return Math.max(1, first < 0 ? placed.length : first);
}

export function GridRest({ top, line, height, rest, onRest }: At & { rest: RestLine; onRest: (key: string) => void }) {
  return (
    <div role="row" aria-rowindex={line + 2} className="grid-row grid-rest" style={{ transform: `translateY(${top}px)`, height }}>
      <span role="gridcell" data-cell={`${line}:0`} tabIndex={-1}>
        <Rest rest={rest} onRest={onRest} />
      </span>
    </div>
  );
}

/** Why the rest is not here, that it is coming, or the way to it. */
export function Rest({ rest, onRest }: { rest: RestLine; onRest: (key: string) => void }) {
  if (rest.problem)
    return (
      <span className="reason" role="alert">
        {rest.problem}
      </span>
    );
  if (rest.waiting) return <span className="control-skeleton grid-coming" role="status" aria-label="正在读取" />;
  return (
    <Button size="small" type="text" onClick={() => onRest(rest.key)}>
      再看一些
    </Button>
  );
}
