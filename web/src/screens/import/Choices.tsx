import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Input, Popover } from "antd";
import { useState } from "react";
import { imports } from "../../client/api";
import type { Import } from "../../client/imports";
import type { Description } from "../../client/types";
import { Select } from "../../kit/heavy";
import { toast } from "../../kit/toast";
import { targetLabel } from "./targets";
import type { ImportWork } from "./useImport";

const DUPLICATES = [
  { value: "skip", label: "跳过，保留原有的" },
  { value: "update", label: "更新原有的" },
  { value: "create", label: "仍然新建" },
];
const DATES = [
  { value: "ymd", label: "年月日（2017/3/1）" },
  { value: "mdy", label: "月日年（3/1/2017）" },
  { value: "dmy", label: "日月年（1/3/2017）" },
];

/** What holds for the whole file: what counts as the same record, how dates are written, a mapping to use again. */
export function Choices({ object, import_, work }: { object: Description; import_: Import; work: ImportWork }) {
  const { mapping } = import_;
  const given = Object.values(mapping.columns)
    .map(({ field }) => field)
    .filter((path) => !path.includes("."));
  return (
    <div className="choices">
      {import_.sheets.length > 1 && (
        <Labelled label="工作表">
          <Select
            className="w-180"
            aria-label="工作表"
            options={import_.sheets.map((value) => ({ value, label: value }))}
            value={import_.sheet}
            onChange={(sheet: unknown) => void work.change({ sheet: String(sheet) })}
          />
        </Labelled>
      )}
      <Labelled label="已有相同记录时">
        <Select
          className="w-180"
          aria-label="已有相同记录时"
          options={DUPLICATES}
          value={import_.on_duplicate}
          onChange={(next: unknown) => void work.change({ on_duplicate: next as Import["on_duplicate"] })}
        />
      </Labelled>
      <Labelled label="按哪些栏目判断相同">
        <Select
          className="w-200"
          mode="multiple"
          aria-label="按哪些栏目判断相同"
          placeholder="系统的查重规则"
          options={[...new Set(given)].map((value) => ({ value, label: targetLabel(object, value) }))}
          value={mapping.match}
          onChange={(match: unknown) => void work.change({ mapping: { ...mapping, match: match as string[] } })}
        />
      </Labelled>
      <Labelled label="日期写法">
        <Select
          className="w-180"
          aria-label="日期写法"
          options={DATES}
          value={mapping.dates}
          onChange={(dates: unknown) => void work.change({ mapping: { ...mapping, dates: dates as Import["mapping"]["dates"] } })}
        />
      </Labelled>
      <SavedMappings import_={import_} work={work} />
    </div>
  );
}

function Labelled({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <span className="choice-label">
      <span className="muted">{label}</span>
      {children}
    </span>
  );
}

const keyOf = ({ collection }: Import) => ["import-mappings", collection];

function SavedMappings({ import_, work }: { import_: Import; work: ImportWork }) {
  const saved = useQuery({ queryKey: keyOf(import_), queryFn: () => imports.mappings(import_.collection) });
  const rows = saved.data?.rows ?? [];
  const use = (id: unknown) => {
    const found = rows.find((row) => row.id === id);
    if (found) void work.change({ mapping: found.mapping });
  };
  return (
    <span className="choice-label">
      <span className="muted">保存的对应关系</span>
      <span className="pair">
        {rows.length > 0 && (
          <Select
            className="w-180"
            aria-label="使用保存的对应关系"
            placeholder="选择"
            options={rows.map(({ id, name: label }) => ({ value: id, label }))}
            value={null}
            onChange={use}
          />
        )}
        <KeepMapping import_={import_} />
      </span>
    </span>
  );
}

/** The mapping as it stands, under a name, for the next file of that make. */
function KeepMapping({ import_ }: { import_: Import }) {
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const [open, setOpen] = useState(false);
  const keep = async () => {
    try {
      await imports.keep(name, import_.collection, import_.mapping);
      toast.ok(`已保存为“${name}”，下次可以直接使用`);
      setOpen(false);
      await queries.invalidateQueries({ queryKey: keyOf(import_) });
    } catch (cause) {
      toast.error(cause);
    }
  };
  const form = (
    <form
      className="pair"
      onSubmit={(event) => {
        event.preventDefault();
        void keep();
      }}
    >
      <Input autoFocus aria-label="名称" placeholder="取个名字" value={name} onChange={({ target }) => setName(target.value)} />
      <Button type="primary" htmlType="submit" disabled={!name.trim()}>
        保存
      </Button>
    </form>
  );
  return (
    <Popover trigger="click" open={open} onOpenChange={setOpen} content={form}>
      <Button>保存当前的</Button>
    </Popover>
  );
}
