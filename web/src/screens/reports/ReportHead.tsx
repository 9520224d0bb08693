import { useQueryClient } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { lazy, Suspense, useState } from "react";
import { Link } from "react-router";
import { may, useMeta } from "../../app/meta";
import { records } from "../../client/api";
import type { Meta } from "../../client/meta";
import { reports, type Report } from "../../client/reports";
import type { Id } from "../../client/types";
import { asRef } from "../../kinds/values";
import { Select } from "../../kit/heavy";
import { DownloadIcon, EditIcon, MoreIcon } from "../../kit/icons";
import Menu from "../../kit/Menu";
import { OPENNESS } from "../../kit/openness";
import { toast } from "../../kit/toast";
import { useFormHost } from "../form/host";
import { PinDialog } from "./PinDialog";
import { withIds, type Draft } from "./ReportScreen";

const JobDialog = lazy(() => import("../jobs/JobDialog"));

interface Props {
  report: Report | null;
  draft: Draft;
  changed: boolean;
  toPng: (() => string) | null;
  designing: boolean;
  onDraft: (draft: Draft) => void;
  onDesign: () => void;
  onSaved: (id: Id) => void;
}

export function ReportHead(props: Props) {
  const { report, draft, designing } = props;
  const meta = useMeta();
  const mine = !report || asRef(report.owner)?.id === meta.me.id;
  const save = useSave(props);
  const keep = mine && (designing || props.changed);
  return (
    <header className="report-head">
      <p className="crumbs">
        <Link to="/reports">报表</Link>
      </p>
      <div className="report-title">
        {designing ? (
          <>
            <h1 className="for-readers">{report?.name ?? "新报表"}</h1>
            <Input
              className="report-name"
              aria-label="报表名称"
              placeholder="给报表起个名字"
              maxLength={60}
              value={draft.name}
              onChange={({ target }) => props.onDraft({ ...draft, name: target.value })}
            />
          </>
        ) : (
          <h1>{draft.name}</h1>
        )}
        {report && !mine && <span className="muted">{`${asRef(report.owner)?.label ?? ""} 共享，显示的是您能看到的数据`}</span>}
        <span className="spacer" />
        {designing && mine && (
          <Select
            className="w-120"
            aria-label="共享"
            options={OPENNESS}
            value={draft.share}
            onChange={(share: string) => props.onDraft({ ...draft, share })}
          />
        )}
        {!designing && (
          <Button icon={<EditIcon />} onClick={props.onDesign}>
            设计
          </Button>
        )}
        {designing && report && <Button onClick={props.onDesign}>收起设计</Button>}
        <Outputs {...props} />
        {keep && (
          <Button type="primary" disabled={!draft.name.trim()} onClick={() => void save()}>
            保存
          </Button>
        )}
        {!mine && designing && (
          <Button type="primary" disabled={!draft.name.trim()} onClick={() => void save()}>
            另存为我的报表
          </Button>
        )}
      </div>
    </header>
  );
}

function useSave({ report, draft, onSaved }: Props) {
  const queries = useQueryClient();
  const { me } = useMeta();
  const [key] = useState(() => crypto.randomUUID());
  return async () => {
    const own = report && asRef(report.owner)?.id === me.id;
    const body = {
      name: draft.name.trim(),
      collection: draft.collection,
      share: own === false ? "private" : draft.share,
      definition: JSON.stringify({ ...draft.definition, ...withIds(draft.definition) }),
    };
    try {
      const kept = own
        ? await records.change("reports", report.id, report.version, body)
        : await records.create("reports", body, key);
      await queries.invalidateQueries({ queryKey: ["reports"] });
      toast.ok("报表已保存");
      onSaved(kept.id);
    } catch (cause) {
      toast.error(cause);
    }
  };
}

/** What can be done with the result: pin it, take it away, have it sent. */
function Outputs({ report, draft, toPng }: Props) {
  const meta = useMeta();
  const { open } = useFormHost();
  const [job, setJob] = useState<Id | null>(null);
  const [pinning, setPinning] = useState(false);
  const run = (deed: Promise<{ id: Id }>) => void deed.then(({ id }) => setJob(id)).catch(toast.error);
  const exported = (format: string) =>
    run(
      reports.export({
        collection: draft.collection,
        definition: { ...draft.definition, ...withIds(draft.definition) },
        name: draft.name,
        format,
      }),
    );
  const deeds: Record<string, () => void> = {
    pin: () => setPinning(true),
    xlsx: () => exported("xlsx"),
    csv: () => exported("csv"),
    pdf: () => exported("pdf"),
    png: () => savePicture(toPng, draft.name || "报表"),
    print: () => print(),
    mail: () => report && run(reports.mail(report.id)),
    schedule: () =>
      report &&
      open({
        collection: "report-subscriptions",
        preset: {
          name: report.name,
          report: { id: report.id, label: report.name },
          people: [{ id: meta.me.id, label: meta.me.name }],
        },
      }),
  };
  const items = outputsOf(meta, { report, draft, toPng });
  return (
    <>
      <Menu menu={{ items, onClick: ({ key }) => deeds[key]?.() }}>
        <Button icon={report ? <MoreIcon /> : <DownloadIcon />} aria-label="更多操作" />
      </Menu>
      {job !== null && (
        <Suspense>
          <JobDialog id={job} title={draft.name || "报表"} onClose={() => setJob(null)} />
        </Suspense>
      )}
      {pinning && report && <PinDialog report={report} onClose={() => setPinning(false)} />}
    </>
  );
}

function outputsOf({ objects }: Meta, { report, draft, toPng }: Pick<Props, "report" | "draft" | "toPng">) {
  const object = objects[draft.collection];
  return [
    { key: "pin", label: "放到工作台或仪表盘…", disabled: !report },
    { key: "mail", label: "发到我的邮箱", disabled: !report },
    { key: "schedule", label: "定时发送…", disabled: !report || !objects["report-subscriptions"] },
    { type: "divider" as const },
    ...(object && may(object, "export")
      ? [
          { key: "xlsx", label: "导出 Excel" },
          { key: "csv", label: "导出 CSV" },
          { key: "pdf", label: "导出 PDF" },
        ]
      : []),
    { key: "png", label: "保存图片（PNG）", disabled: !toPng },
    { key: "print", label: "打印" },
  ];
}

function savePicture(toPng: (() => string) | null, name: string) {
  if (!toPng) return;
  Object.assign(document.createElement("a"), { href: toPng(), download: `${name}.png` }).click();
}
