import { render } from "@testing-library/react";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";

/** The look-up as a page opens it whose browser remembers this language. */
async function opened(language: string) {
  localStorage.setItem("zhike:looks", JSON.stringify({ language }));
  vi.resetModules();
  return import("./words");
}

afterEach(() => {
  document.documentElement.lang = "";
});

// The other tests share this page's modules, and speak Chinese.
afterAll(() => {
  localStorage.clear();
  vi.resetModules();
});

describe("in Chinese", () => {
  it("says what is written", async () => {
    const { say, sayParts, several, componentLocale } = await opened("zh-CN");
    expect(say("保存")).toBe("保存");
    expect(say`共 ${3} 条`).toBe("共 3 条");
    expect(sayParts("已选 {0} 条", 3)).toBe("已选 3 条");
    expect(several("客户")).toBe("客户");
    expect(componentLocale).toBeNull();
    expect(document.documentElement.lang).toBe("zh-CN");
  });

  it("is what a browser speaks that remembers nothing, or nonsense", async () => {
    localStorage.setItem("zhike:looks", "{");
    const { storedLanguage } = await import("./words");
    expect(storedLanguage()).toBe("zh-CN");
  });
});

describe("in English", () => {
  it("says it from the catalogue, with the values in their places", async () => {
    const { say, inEnglish } = await opened("en");
    expect(inEnglish).toBe(true);
    expect(say("保存")).toBe("Save");
    expect(say("是", "是 @filters")).toBe("is");
    expect(say`打开${"Account"} ${"华远"}`).toBe("Open account 华远");
    expect(document.documentElement.lang).toBe("en");
  });

  it("knows one from several", async () => {
    const { say, several } = await opened("en");
    expect([say`逾期 ${1} 天`, say`逾期 ${2} 天`]).toEqual(["1 day overdue", "2 days overdue"]);
    expect(["Account", "Activity", "Tags", "Person", "Branch", "自建对象"].map(several)).toEqual([
      "Accounts",
      "Activities",
      "Tags",
      "People",
      "Branches",
      "自建对象",
    ]);
    expect([say`还没有${"Opportunity"}`, say`新建${"WeCom note"}`]).toEqual(["No opportunities yet", "New WeCom note"]);
  });

  it("leaves what nobody has translated as it is", async () => {
    const { say } = await opened("en");
    expect(say("没有译文")).toBe("没有译文");
    expect(say`没有 ${2} 译文`).toBe("没有 2 译文");
  });

  it("keeps the elements of a sentence", async () => {
    const { sayParts } = await opened("en");
    const { container } = render(<p>{sayParts("已选 {0} 条", <b>7</b>)}</p>);
    expect(container.innerHTML).toBe("<p><b>7</b> selected</p>");
  });
});
