/** The shapes one list can take. A new one is one line here; what it keeps in the address goes into `settings` under its own name. */
import { lazy, type ComponentType, type ReactNode } from "react";
import type { Description } from "../../client/types";
import { timeFields } from "../calendar/days";
import { AppstoreIcon, BarChartIcon, BarsIcon, CalendarIcon } from "../../kit/icons";
import { boardFields } from "../board/fields";
import { groupable } from "./grouping";
import type { Change, ListState } from "./state";
import { Table } from "./Table";

export interface ShapeProps {
  object: Description;
  state: ListState;
  change: Change;
}

export interface Shape {
  name: string;
  label: string;
  icon: ReactNode;
  /** Whether records of this object can be shown so. */
  fits: (object: Description) => boolean;
  Screen: ComponentType<ShapeProps>;
}

const TABLE: Shape = { name: "table", label: "表格", icon: <BarsIcon />, fits: () => true, Screen: Table };

export const SHAPES: Shape[] = [
  TABLE,
  {
    name: "board",
    label: "看板",
    icon: <AppstoreIcon />,
    fits: (object) => boardFields(object).length > 0,
    Screen: lazy(() => import("../Board")),
  },
  {
    name: "calendar",
    label: "日历",
    icon: <CalendarIcon />,
    fits: (object) => timeFields(object).length > 0,
    Screen: lazy(() => import("../Calendar")),
  },
  {
    name: "chart",
    label: "图表",
    icon: <BarChartIcon />,
    fits: (object) => groupable(object).length > 0,
    Screen: lazy(() => import("../chart/ChartShape")),
  },
];

export const shapesOf = (object: Description): Shape[] => SHAPES.filter(({ fits }) => fits(object));

export const shapeOf = (object: Description, name: string): Shape =>
  shapesOf(object).find((shape) => shape.name === name) ?? TABLE;
