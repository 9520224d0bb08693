import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { Field, KindName } from "../client/types";
import { draw } from "../testing/render";
import { serve } from "../testing/server";
import { planets } from "../testing/planets";
import { Asked, kindOf, kinds, Narrowed, Shown } from ".";

/** One value of every kind: how it is shown, how it reads in words, and how it travels. */
const SAMPLES: Record<KindName, { value: unknown; words: string; sent: unknown }> = {
  text: { value: "水星", words: "水星", sent: "水星" },
  longtext: { value: "一\n二", words: "一\n二", sent: "一\n二" },
  integer: { value: 12345, words: "12,345", sent: 12345 },
  decimal: { value: "2.5000", words: "2.5", sent: "2.5000" },
  money: { value: "1234.50", words: "¥1,234.50", sent: "1234.50" },
  ratio: { value: "0.4500", words: "4.5折（×0.45）", sent: "0.4500" },
  date: { value: "2017-03-01", words: "2017-03-01", sent: "2017-03-01" },
  datetime: { value: "2017-03-01T09:30:00", words: "2017-03-01 09:30", sent: "2017-03-01T09:30:00" },
  boolean: { value: true, words: "是", sent: true },
  choice: { value: "hot", words: "炎热", sent: "hot" },
  choices: { value: ["big", "old"], words: "大、老", sent: ["big", "old"] },
  state: { value: "molten", words: "熔岩", sent: "molten" },
  ref: { value: { id: 7, label: "太阳" }, words: "太阳", sent: 7 },
  refs: {
    value: [
      { id: 7, label: "金星" },
      { id: 8, label: "火星" },
    ],
    words: "金星、火星",
    sent: [7, 8],
  },
  person: { value: { id: 3, label: "伽利略" }, words: "伽利略", sent: 3 },
  phone: { value: "13800138000", words: "138 0013 8000", sent: "13800138000" },
  email: { value: "a@b.cn", words: "a@b.cn", sent: "a@b.cn" },
  url: { value: "https://mars.example/", words: "https://mars.example/", sent: "https://mars.example/" },
  address: {
    value: { code: "330106", detail: "文三路 1 号" },
    words: "330106 文三路 1 号",
    sent: { code: "330106", detail: "文三路 1 号" },
  },
  file: { value: [{ id: 5, name: "环.png", size: 2048, type: "image/png" }], words: "环.png", sent: [5] },
  tags: { value: ["近", "红"], words: "近、红", sent: ["近", "红"] },
  number: { value: "X-001", words: "X-001", sent: "X-001" },
  lines: {
    value: [{ id: 1, ore: { id: 9, label: "铁" }, tons: "3.00", worth: "90.00" }],
    words: "铁 3 ¥90.00",
    sent: [{ id: 1, ore: 9, tons: "3.00" }],
  },
};

const every = Object.keys(kinds).map((name) => [name as KindName, fieldOf(name as KindName)] as const);

function fieldOf(kind: KindName): Field {
  const found = planets.fields.find((field) => field.kind === kind);
  if (!found) throw new Error(`planets have no field of kind ${kind}`);
  return found;
}

test.each(every)("%s: says its value in words and sends it as the server takes it", (kind, field) => {
  const { value, words, sent } = SAMPLES[kind];
  expect(kindOf(field).text(value, field)).toBe(words);
  expect(kindOf(field).send(value, field)).toEqual(sent);
});

test.each(every)("%s: shows a value, and nothing when there is none", (kind, field) => {
  serve({ "GET /divisions": [] });
  const { unmount } = draw(
    <div data-testid="it">
      <Shown field={field} value={SAMPLES[kind].value} />
    </div>,
  );
  expect(screen.getByTestId("it").textContent).not.toBe("");
  unmount();
  draw(
    <div data-testid="it">
      <Shown field={field} value={kindOf(field).blank} />
    </div>,
  );
  expect(screen.getByTestId("it").textContent).toBe(kind === "boolean" ? "否" : "");
});

test.each(every)("%s: can be asked for by its label", async (kind, field) => {
  serve({ "GET /divisions": [] });
  draw(<Asked id="it" field={field} value={SAMPLES[kind].value} onChange={() => undefined} />);
  if (kind === "number") expect(screen.getByText("X-001")).toBeTruthy();
  else expect((await screen.findAllByLabelText(new RegExp(field.label), {}, { timeout: 5000 })).length).toBeGreaterThan(0);
});

test.each(every)("%s: every operator the server offers has an editor or needs none", async (kind, field) => {
  serve({ "GET /divisions": [] });
  for (const op of (field.ops ?? []).filter((one) => one !== "empty" && one !== "filled")) {
    const { container, unmount } = draw(<Narrowed field={field} op={op} value={null} onChange={() => undefined} />);
    await waitFor(() => expect(container.querySelector("input"), `${kind} ${op}`).not.toBeNull(), { timeout: 5000 });
    unmount();
  }
});

test.each([
  ["money", "￥1.2万", "12000"],
  ["integer", "3万", "30000"],
  ["ratio", "85折", "0.85"],
] as const)("%s: %s is taken as it is written", async (kind, typed, kept) => {
  const found: unknown[] = [];
  serve({});
  draw(<Asked field={fieldOf(kind)} value={null} onChange={(value) => found.push(value)} />);
  const field = await screen.findByLabelText(fieldOf(kind).label);
  await userEvent.type(field, typed);
  await userEvent.tab();
  expect(found.at(-1)).toBe(kept);
});

test("a stored address of a page is a link only when it leads to the web", () => {
  const site = fieldOf("url");
  draw(<Shown field={site} value="javascript:alert(1)" />);
  expect(screen.queryByRole("link")).toBeNull();
  expect(screen.getByText("javascript:alert(1)")).toBeTruthy();
});

test("lines add up what can be added up", () => {
  const mines = fieldOf("lines");
  draw(
    <Shown
      field={mines}
      value={[
        { id: 1, tons: "3.00", worth: "90.10" },
        { id: 2, tons: "0.50", worth: "0.20" },
      ]}
    />,
  );
  expect(screen.getByRole("row", { name: /合计/ }).textContent).toBe("合计3.5¥90.30");
});
