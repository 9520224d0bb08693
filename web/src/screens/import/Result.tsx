import { Button } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { files } from "../../client/api";
import type { Description, Import, ImportResult } from "../../client/types";
import { dayText } from "../../kinds/dates";
import { Ask } from "../../kit/ask";

const WORDS: [Exclude<keyof ImportResult, "refused_file">, string][] = [["created", "新建"], ["updated", "更新"], ["skipped", "跳过"], ["refused", "拒绝"]];

/** How many rows became what. */
export function Counts({ result }: { result: ImportResult }) {
  return (
    <dl className="counts">
      {WORDS.map(([key, word]) => <div key={key} className={key === "refused" && result[key] > 0 ? "counts-refused" : ""}><dt>{word}</dt><dd>{result[key].toLocaleString("zh-CN")}</dd></div>)}
    </dl>
  );
}

export function Refused({ result }: { result: ImportResult }) {
  const file = result.refused_file;
  if (!file) return null;
  return <p><a href={files.link(file.id)} download={file.name}>下载被拒绝的 {result.refused.toLocaleString("zh-CN")} 行</a>（每行注明原因，改好后可以再次导入）</p>;
}

/** What came of it, and the way back. */
export function Result({ object, import_, undo }: { object: Description; import_: Import; undo: () => Promise<void> }) {
  const [asking, setAsking] = useState(false);
  const { result } = import_;
  return (
    <section className="panel">
      <h2>{import_.state === "undone" ? "这次导入已撤销" : import_.state === "failed" ? "导入没有完成" : "导入完成"}</h2>
      {result && <Counts result={result} />}
      {result && import_.state !== "undone" && <Refused result={result} />}
      <div className="toolbar">
        <Link to={`/${object.collection}`}><Button type="primary">查看{object.label}</Button></Link>
        <Link to={`/imports/new?collection=${object.collection}`}><Button>再导入一个文件</Button></Link>
        {import_.undo?.possible && import_.state === "done" && <Button danger onClick={() => setAsking(true)}>撤销这次导入</Button>}
      </div>
      {import_.undo?.possible && import_.undo.until && <p className="help">{dayText(import_.undo.until)} 之前可以撤销；之后被人改过的记录会保留，并逐条说明。</p>}
      {asking && (
        <Ask title="撤销这次导入" ok="撤销" danger onOk={undo} onClose={() => setAsking(false)}>
          <p>新建的记录会删除，更新过的会恢复原值。导入之后又被别人改过的记录不动，并列出来。</p>
        </Ask>
      )}
    </section>
  );
}
