import { Button } from "antd";
import { useRef, useState, type DragEvent } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { inMenuOrder, may, useMeta } from "../app/meta";
import { imports } from "../client/api";
import { Empty } from "../kit/Empty";
import { Select } from "../kit/heavy";
import { Recent } from "./import/Recent";
import { Steps } from "./import/Steps";
import { InboxIcon } from "../kit/icons";

/** The first step: which kind of records, and the file. */
export default function ImportStart() {
  const meta = useMeta();
  const [params, setParams] = useSearchParams();
  const navigate = useNavigate();
  const objects = inMenuOrder(meta).filter((object) => may(object, "import"));
  const collection = params.get("collection") ?? objects[0]?.collection ?? "";
  const object = meta.objects[collection];
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");
  const begin = async (file: File | undefined) => {
    if (!file) return;
    setBusy(true);
    setError("");
    try {
      await navigate(`/imports/${(await imports.open(file, collection)).id}`);
    } catch (cause) {
      setError(cause instanceof Error ? cause.message : String(cause));
      setBusy(false);
    }
  };
  if (!object || objects.length === 0) return <Empty title="没有可以导入的内容" hint="您的角色没有导入的权限，请联系管理员。" />;
  return (
    <div className="page wizard">
      <title>导入 · 知客</title>
      <h1>从表格导入</h1>
      <Steps at={0} />
      <section className="panel">
        <label className="inline-label">
          导入为
          <Select
            className="w-200"
            aria-label="导入为"
            value={collection}
            options={objects.map(({ collection: value, label }) => ({ value, label }))}
            onChange={(next: unknown) => setParams({ collection: String(next) })}
          />
        </label>
        <Drop busy={busy} onFile={(file) => void begin(file)} />
        {error && (
          <p className="notice notice-error" role="alert">
            {error}
          </p>
        )}
        <p className="help">
          支持 CSV（UTF-8、GBK、UTF-16，逗号、制表符或分号）和 XLSX，最多 1,000,000
          行。第一行为栏目名称。在确认之前不会写入任何数据；导入之后还可以整体撤销。
        </p>
      </section>
      <Recent />
    </div>
  );
}

function Drop({ busy, onFile }: { busy: boolean; onFile: (file: File | undefined) => void }) {
  const picker = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    onFile(event.dataTransfer.files[0]);
  };
  return (
    <div
      className={`drop ${over ? "drop-over" : ""}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <InboxIcon />
      <input
        ref={picker}
        type="file"
        hidden
        accept=".csv,.tsv,.txt,.xlsx"
        aria-label="表格文件"
        onChange={({ target }) => onFile(target.files?.[0])}
      />
      <Button type="primary" loading={busy} onClick={() => picker.current?.click()}>
        {busy ? "正在读取" : "选择文件"}
      </Button>
      <span className="muted">或把文件拖到这里</span>
    </div>
  );
}
