/** What came of long work: how many became what, what stayed as it was and why. */
import { useMeta } from "../../app/meta";
import { files } from "../../client/api";
import type { LeftRecord } from "../../client/types";
import { Left } from "./Left";

type Result = Readonly<Record<string, unknown>>;

const WORDS: [key: string, word: string][] = [
  ["created", "新建"],
  ["updated", "更新"],
  ["done", "已处理"],
  ["changed", "已改写"],
  ["merged", "已合并"],
  ["removed", "已删除"],
  ["restored", "已恢复原值"],
  ["groups", "疑似重复（组）"],
  ["same", "本来如此"],
  ["skipped", "跳过"],
  ["rows", "行数"],
  ["refused", "拒绝"],
  ["kept", "保持原样"],
];
const WRONG = new Set(["refused", "kept"]);

/** In the order in which they are read; what is told by name is counted. */
export function figuresOf(result: Result): [key: string, word: string, count: number][] {
  return WORDS.flatMap(([key, word]): [string, string, number][] => {
    const told = result[key];
    if (typeof told === "number") return [[key, word, told]];
    return Array.isArray(told) ? [[key, word, told.length]] : [];
  });
}

/** How many became what. */
export function Figures({ result }: { result: Result }) {
  const figures = figuresOf(result);
  if (figures.length === 0) return null;
  return (
    <dl className="counts">
      {figures.map(([key, word, count]) => (
        <div key={key} className={WRONG.has(key) && count > 0 ? "counts-refused" : ""}>
          <dt>{word}</dt>
          <dd>{count.toLocaleString("zh-CN")}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The records that were left, under whichever name the work tells them. */
export function leftOf(result: Result): LeftRecord[] {
  return ["records", "kept", "refused"].flatMap((key) => (Array.isArray(result[key]) ? (result[key] as LeftRecord[]) : []));
}

export function Outcome({ result }: { result: Result }) {
  return (
    <>
      <Figures result={result} />
      <Left rows={leftOf(result)} />
      <ByObject title="已交接" counts={result.done} />
      <ByObject title="没有交接" counts={result.left} />
      <RefusedFile result={result} />
    </>
  );
}

/** So many of each object. */
function ByObject({ title, counts }: { title: string; counts: unknown }) {
  const { objects } = useMeta();
  if (typeof counts !== "object" || counts === null || Array.isArray(counts)) return null;
  const rows = Object.entries(counts as Record<string, number>);
  if (rows.length === 0) return null;
  const label = (key: string) => {
    const [collection = "", name] = key.split(".");
    const object = objects[collection];
    return [object?.label ?? collection, object?.fields.find((field) => field.name === name)?.label].filter(Boolean).join("：");
  };
  return <p>{`${title}：${rows.map(([key, count]) => `${label(key)} ${count.toLocaleString("zh-CN")}`).join("，")}`}</p>;
}

/** The rows that were not taken, to be mended and imported again. */
export function RefusedFile({ result }: { result: Result }) {
  const file = result.refused_file as { id: number; name: string } | null | undefined;
  if (!file) return null;
  return (
    <p>
      <a href={files.link(file.id)} download={file.name}>{`下载被拒绝的 ${Number(result.refused).toLocaleString("zh-CN")} 行`}</a>
      （每行注明原因，改好后可以再次导入）
    </p>
  );
}
