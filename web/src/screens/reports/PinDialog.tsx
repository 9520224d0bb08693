import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Input } from "antd";
import { useState } from "react";
import { useMeta } from "../../app/meta";
import { records } from "../../client/api";
import { pages, parsed, type Page, type Place, type Report } from "../../client/reports";
import { asRef } from "../../kinds/values";
import { Ask } from "../../kit/ask";
import { Select } from "../../kit/heavy";
import { toast } from "../../kit/toast";
import { sizeOf } from "../dashboards/places";
import { pinnedName, useLayout } from "../home/layout";

/** Puts a report on one's desk, below what stands on a dashboard already, or on a new one. */
export function PinDialog({ report, onClose }: { report: Report; onClose: () => void }) {
  const { me } = useMeta();
  const queries = useQueryClient();
  const [to, setTo] = useState("home");
  const desk = useLayout();
  const [name, setName] = useState("我的仪表盘");
  const [key] = useState(() => crypto.randomUUID());
  const kept = useQuery({ queryKey: ["dashboards", "all"], queryFn: pages.all });
  const mine = (kept.data ?? []).filter(({ owner }) => asRef(owner)?.id === me.id);
  const options = [
    { value: "home", label: "我的工作台" },
    ...mine.map((page) => ({ value: String(page.id), label: page.name })),
    { value: "new", label: "新建仪表盘" },
  ];
  const pin = async () => {
    if (to !== "home") return pinToPage();
    desk.add(pinnedName(report.id));
    toast.ok("已放到工作台", { to: "/", text: "查看" });
  };
  const pinToPage = async () => {
    const page = mine.find(({ id }) => String(id) === to);
    const saved = page
      ? await records.change("dashboards", page.id, page.version, { cards: withReport(page, report) })
      : await records.create("dashboards", { name: name.trim(), cards: withReport(null, report) }, key);
    await queries.invalidateQueries({ queryKey: ["dashboards"] });
    toast.ok("已放到仪表盘", { to: `/dashboards/${saved.id}`, text: "查看" });
  };
  return (
    <Ask title="放到工作台或仪表盘" ok="放上" disabled={to === "new" && !name.trim()} onOk={pin} onClose={onClose}>
      <label className="field">
        <span>放到哪里</span>
        <Select aria-label="放到哪里" options={options} value={to} onChange={setTo} />
      </label>
      {to === "new" && (
        <label className="field">
          <span>名称</span>
          <Input maxLength={60} value={name} onChange={({ target }) => setName(target.value)} />
        </label>
      )}
    </Ask>
  );
}

function withReport(page: Page | null, report: Report): string {
  const cards = parsed<Place[]>(page?.cards, []);
  const below = Math.max(0, ...cards.map(({ y, h }) => y + h));
  return JSON.stringify([
    ...cards,
    { id: `r${report.id}-${cards.length}-${below}`, report: Number(report.id), x: 0, y: below, ...sizeOf(report.picture) },
  ]);
}
