import { Checkbox } from "antd";
import { useRef, type PointerEvent } from "react";
import type { Field } from "../../client/types";
import { kindOf } from "../../kinds";
import { ArrowDownIcon, ArrowUpIcon, DownIcon } from "../../kit/icons";
import Menu from "../../kit/Menu";
import type { ViewProps } from "./Grid";
import { headMenu } from "./headMenu";
import type { Placed } from "./layout";
import { clicked, readOrder } from "./order";
import { withinWidths } from "./state";

interface Props extends ViewProps {
  placed: Placed[];
  template: string;
  minWidth: number;
  onDraw: (name: string, width: number | null) => void;
}

export function GridHead(props: Props) {
  const { placed, template, minWidth, selection } = props;
  return (
    <div className="grid-head" role="row" aria-rowindex={1} style={{ gridTemplateColumns: template, minWidth }}>
      <span role="columnheader" className="grid-check">
        <Checkbox
          aria-label="选择已显示的全部"
          checked={selection.shown}
          indeterminate={selection.some && !selection.shown}
          onChange={selection.toggleShown}
        />
      </span>
      {placed.map((column, index) => (
        <Head key={column.field.name} {...props} column={column} index={index} />
      ))}
    </div>
  );
}

function Head(props: Props & { column: Placed; index: number }) {
  const {
    object,
    state,
    change,
    column: { field, left },
    index,
  } = props;
  const sorts = readOrder(state.order);
  const place = sorts.findIndex((sort) => sort.field === field.name);
  const sort = sorts[place];
  const names = [field.name === object.title ? "grid-title" : "", kindOf(field).align ?? "", left === null ? "" : "grid-frozen"];
  return (
    <span
      role="columnheader"
      aria-colindex={index + 1}
      aria-sort={sort && (sort.down ? "descending" : "ascending")}
      className={names.filter(Boolean).join(" ")}
      style={left === null ? undefined : { insetInlineStart: left }}
    >
      {field.sortable === false ? (
        <span className="grid-label">{field.label}</span>
      ) : (
        <button
          type="button"
          className="plain grid-label"
          title="点击排序，按住 Shift 再点可按多列排序"
          onClick={(event) => change({ order: clicked(state.order, field.name, event.shiftKey) || object.order })}
        >
          {field.label}
          {sort && (sort.down ? <ArrowDownIcon /> : <ArrowUpIcon />)}
          {sort && sorts.length > 1 && <small>{place + 1}</small>}
        </button>
      )}
      <Menu menu={headMenu(props, field, index)}>
        <button type="button" className="plain grid-more" aria-label={`“${field.label}”栏目的更多操作`}>
          <DownIcon />
        </button>
      </Menu>
      <Edge {...props} field={field} />
    </span>
  );
}

const STEP = 16;

/** The edge that makes a column wider or narrower: by mouse, by finger, by arrow keys; twice gives it back its own width. */
function Edge({ column, field, state, change, onDraw }: Props & { column: Placed; field: Field }) {
  const drag = useRef<{ x: number; width: number } | null>(null);
  const keep = (width: number) => {
    onDraw(field.name, null);
    change({ widths: { ...state.widths, [field.name]: withinWidths(width) } });
  };
  const at = (event: PointerEvent) => withinWidths((drag.current?.width ?? 0) + event.clientX - (drag.current?.x ?? 0));
  const reset = () =>
    change({ widths: Object.fromEntries(Object.entries(state.widths).filter(([name]) => name !== field.name)) });
  return (
    <span
      role="separator"
      aria-orientation="vertical"
      tabIndex={0}
      aria-label={`${field.label}的宽度`}
      aria-valuenow={column.width}
      className="grid-edge"
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = { x: event.clientX, width: column.width };
      }}
      onPointerMove={(event) => {
        if (drag.current) onDraw(field.name, at(event));
      }}
      onPointerUp={(event) => {
        if (drag.current && at(event) !== column.width - 0.5) keep(at(event));
        drag.current = null;
      }}
      onDoubleClick={reset}
      onKeyDown={(event) => {
        const by = event.key === "ArrowRight" ? STEP : event.key === "ArrowLeft" ? -STEP : 0;
        if (by === 0) return;
        event.preventDefault();
        event.stopPropagation();
        keep(column.width + by);
      }}
    />
  );
}
