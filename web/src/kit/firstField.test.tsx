import { render, screen, waitFor } from "@testing-library/react";
import { Button, Segmented } from "antd";
import { expect, test } from "vitest";
import { Ask } from "./ask";
import { Select } from "./heavy";

test("the keyboard begins in the first field of a question, even one that arrives a moment later", async () => {
  render(
    <Ask title="共享" ok="共享" onOk={() => Promise.resolve()} onClose={() => undefined}>
      <Segmented options={["同事", "部门"]} />
      <Select aria-label="同事" options={[]} />
    </Ask>,
  );
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("combobox")));
});

test("a question without a field leaves the keyboard where it is", async () => {
  render(
    <Ask title="删除" ok="删除" onOk={() => Promise.resolve()} onClose={() => undefined}>
      <Button>看看</Button>
    </Ask>,
  );
  await screen.findByRole("dialog");
  expect(document.activeElement).not.toBe(screen.getByRole("button", { name: /看\s?看/ }));
});
