import { Button } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import type { Import, ImportResult } from "../../client/imports";
import type { Description } from "../../client/types";
import { dayText } from "../../kinds/dates";
import { Ask } from "../../kit/ask";
import { Left } from "../jobs/Left";
import { Figures, RefusedFile } from "../jobs/Outcome";
import { targetField, targetLabel } from "./targets";

/** Why rows were refused, the commonest reason first, and where the first of them stand in the file. */
function Reasons({ object, result }: { object: Description; result: ImportResult }) {
  if (result.reasons.length === 0) return null;
  return (
    <ul className="import-reasons" aria-label="拒绝的原因">
      {result.reasons.map(({ field, reason, count, rows }) => (
        <li key={`${field} ${reason}`}>
          <strong className="figure">{`${count.toLocaleString("zh-CN")} 行`}</strong>
          <span>
            {targetField(object, field) ? `${targetLabel(object, field)}：${reason}` : reason}{" "}
            <small className="muted">{`第 ${rows.join("、")} 行${count > rows.length ? "等" : ""}`}</small>
          </span>
        </li>
      ))}
    </ul>
  );
}

/** How many rows became what, and what is wrong with the others. */
export function Told({ object, result }: { object: Description; result: ImportResult }) {
  const { created, updated, skipped, refused } = result;
  return (
    <>
      <Figures result={{ created, updated, skipped, refused }} />
      <Reasons object={object} result={result} />
      <RefusedFile result={{ ...result }} />
    </>
  );
}

/** How much of it was taken back, and what was not and why. */
function Undone({ undone }: { undone: NonNullable<ImportResult["undone"]> }) {
  const { removed, restored, kept, records } = undone;
  return (
    <>
      <Figures result={{ removed, restored, kept }} />
      <Left rows={records} count={kept} />
    </>
  );
}

const TITLES: Partial<Record<Import["state"], string>> = { undone: "这次导入已撤销", failed: "导入没有完成" };

/** What came of it, and the way back. */
export function Result({ object, import_, undo }: { object: Description; import_: Import; undo: () => Promise<void> }) {
  const [asking, setAsking] = useState(false);
  const { result } = import_;
  return (
    <section className="panel">
      <h2>{TITLES[import_.state] ?? "导入完成"}</h2>
      {import_.state === "undone"
        ? result?.undone && <Undone undone={result.undone} />
        : result && <Told object={object} result={result} />}
      <div className="toolbar">
        <Link to={`/${object.collection}`}>
          <Button type="primary">查看{object.label}</Button>
        </Link>
        <Link to={`/imports/new?collection=${object.collection}`}>
          <Button>再导入一个文件</Button>
        </Link>
        {import_.undo?.possible && import_.state === "done" && (
          <Button danger onClick={() => setAsking(true)}>
            撤销这次导入
          </Button>
        )}
      </div>
      {import_.undo?.possible && import_.undo.until && (
        <p className="help">{dayText(import_.undo.until)} 之前可以撤销；之后被人改过的记录会保留，并逐条说明。</p>
      )}
      {asking && (
        <Ask title="撤销这次导入" ok="撤销" danger onOk={undo} onClose={() => setAsking(false)}>
          <p>新建的记录会删除，更新过的会恢复原值。导入之后又被别人改过的记录不动，并列出来。</p>
        </Ask>
      )}
    </section>
  );
}
