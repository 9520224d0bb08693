import { describe, expect, it } from "vitest";
import { words } from "./words";
import { catalogue, said } from "./said";
import { read } from "./sentences";

const NOTHING = () => false;
const slots = (text: string) => [...new Set([...text.matchAll(/{(\d+)/g)].map(([, number]) => number))].toSorted();

/** What the build makes of a file. */
function built(code: string, name = "/web/src/app/Made.tsx"): string {
  const transform = words().transform as (code: string, id: string) => { code: string } | null;
  return transform(code, name)?.code ?? code;
}

describe("the English catalogue", () => {
  const known = catalogue();
  const wanted = said();

  it("knows every sentence of the client", () => {
    expect([...wanted].filter(([sentence]) => !(sentence in known))).toEqual([]);
  });

  it("holds nothing in vain", () => {
    expect(Object.keys(known).filter((sentence) => !wanted.has(sentence))).toEqual([]);
  });

  it("puts every value of a sentence somewhere", () => {
    expect(Object.entries(known).filter(([chinese, english]) => slots(chinese).join() !== slots(english).join())).toEqual([]);
  });

  it("is in English", () => {
    expect(
      Object.entries(known).filter(([chinese, english]) => chinese !== "中文" && /[㐀-鿿、。，；：！？（）]/.test(english)),
    ).toEqual([]);
  });
});

describe("the sentences of a file", () => {
  it("are its literals, templates and the words drawn in it, and no keys, types, imports or patterns", () => {
    const code =
      'import x from "./客户"; type T = "类型"; const a = { "键": "值" }; const b = `共 ${n} 条`; const c = /日/; const d = <p title="题">字</p>;';
    expect(read("made.tsx", code, NOTHING).sentences).toEqual(["值", "共 {0} 条", "字", "题"]);
  });

  it("take in the values and elements between their words", () => {
    const code = "const a = <p>已选 <b>{n}</b> 条，{more} 页</p>; const c = <p><Icon /> 新建 {busy && <Spin />}</p>;";
    expect(read("made.tsx", code, NOTHING).sentences).toEqual(["已选 {0} 条，{1} 页", "新建"]);
  });

  it("may mean something of their own in one file", () => {
    const key = (text: string) => text === "是 @filters";
    expect(read("/src/screens/list/filters.ts", 'const a = "是";', key).sentences).toEqual(["是 @filters"]);
    expect(read("/src/kinds/boolean.tsx", 'const a = "是";', key).sentences).toEqual(["是"]);
  });
});

describe("the build", () => {
  const taken = 'import { say as say$ } from "../kit/words";';

  it("looks up literals, attributes and templates", () => {
    expect(built('const a = "名称";')).toBe(`${taken}const a = say$("名称");`);
    expect(built("const a = `共 ${`第 ${n} 页`} 条`;")).toBe(`${taken}const a = say$\`共 \${say$\`第 \${n} 页\`} 条\`;`);
    expect(built('const a = <b title="题" />;')).toBe(`${taken}const a = <b title={say$("题")} />;`);
  });

  it("makes one sentence of words and what stands between them", () => {
    expect(built("const a = <p>已选 <b>{n}</b> 条</p>;")).toBe(
      'import { sayParts as sayParts$ } from "../kit/words";const a = <p>{sayParts$("已选 {0} 条", <b>{n}</b>)}</p>;',
    );
    expect(built("const a = <p><Icon /> 新建</p>;")).toBe(`${taken}const a = <p><Icon />{" "}{say$("新建")}</p>;`);
  });

  it("leaves alone what says nothing, and the tests", () => {
    expect(built('const a = "name";')).toBe('const a = "name";');
    expect(built('const a = "名称";', "/web/src/app/Made.test.tsx")).toBe('const a = "名称";');
  });
});
