import { Segmented } from "antd";
import { useState, type ComponentType } from "react";
import { ColourRules } from "./ColourRules";
import { ColumnChooser } from "./ColumnChooser";
import { GroupChooser } from "./GroupChooser";
import type { ShapeProps } from "./shapes";
import { SortChooser } from "./SortChooser";

const PARTS: { value: string; label: string; Part: ComponentType<ShapeProps> }[] = [
  { value: "columns", label: "栏目", Part: ColumnChooser },
  { value: "sort", label: "排序", Part: SortChooser },
  { value: "group", label: "分组", Part: GroupChooser },
  { value: "colours", label: "颜色", Part: ColourRules },
];

export default function DisplayPanel(props: ShapeProps) {
  const [at, setAt] = useState("columns");
  const Part = PARTS.find(({ value }) => value === at)?.Part ?? ColumnChooser;
  return (
    <div className="display-panel">
      <Segmented
        block
        options={PARTS.map(({ value, label }) => ({ value, label }))}
        value={at}
        onChange={setAt}
        aria-label="设置什么"
      />
      <Part {...props} />
    </div>
  );
}
