import type { ReactNode } from "react";
import { CardFrame } from "../dashboards/CardFrame";
import { pinnedName } from "./layout";
import "../../app/reports.css";

/** A report somebody pinned to her desk, as large as what it shows asks for. */
export default function ReportCard({ report, tools }: { report: number; tools?: ReactNode }) {
  return (
    <div className="desk-report">
      <CardFrame place={{ id: pinnedName(report), report, x: 0, y: 0, w: 6, h: 5 }} common={{}} tools={tools} />
    </div>
  );
}
