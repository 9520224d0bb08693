import type { Description, Fields } from "../../client/types";
import { kindOf } from "../../kinds";
import type { Placed } from "./layout";
import type { Change } from "./state";
import { addsUp, isMeasured, totalText, wayOf, WAYS } from "./totals";
import Menu from "../../kit/Menu";

interface Props {
  object: Description;
  placed: Placed[];
  template: string;
  minWidth: number;
  totals: Record<string, string>;
  figures: Fields | undefined;
  change: Change;
}

/** What the whole list adds up to, not only the rows that have come so far. */
export function GridFoot({ object, placed, template, minWidth, totals, figures, change }: Props) {
  if (!addsUp(figures) || !placed.some(({ field }) => isMeasured(field) && wayOf(field, totals) !== "none")) return null;
  return (
    <div
      className="grid-foot"
      role="row"
      aria-label={`全部${object.label}的汇总`}
      style={{ gridTemplateColumns: template, minWidth }}
    >
      <span role="gridcell" className="grid-check" />
      {placed.map(({ field, left }, index) => {
        const way = wayOf(field, totals);
        const text = totalText(field, way, figures) || "–";
        const shown = way === "none" ? (WAYS.none ?? "") : `${WAYS[way] ?? ""} ${text}`;
        const items = Object.entries(WAYS).map(([key, label]) => ({ key, label }));
        return (
          <span
            key={field.name}
            role="gridcell"
            className={`${kindOf(field).align ?? ""} ${left === null ? "" : "grid-frozen"}`}
            style={left === null ? undefined : { insetInlineStart: left }}
          >
            {isMeasured(field) ? (
              <Menu
                menu={{ items, selectedKeys: [way], onClick: ({ key }) => change({ totals: { ...totals, [field.name]: key } }) }}
              >
                <button
                  type="button"
                  className={`plain figure grid-total ${way === "none" ? "grid-unsummed" : ""}`}
                  aria-label={`${field.label}：${shown}`}
                >
                  <small>{WAYS[way]}</small>
                  {way !== "none" && ` ${text}`}
                </button>
              </Menu>
            ) : (
              index === 0 && <span className="muted">汇总</span>
            )}
          </span>
        );
      })}
    </div>
  );
}
