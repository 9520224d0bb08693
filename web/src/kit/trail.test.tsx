import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test } from "vitest";
import { Ask } from "./ask";
import Menu from "./Menu";

/** A button, and a menu whose line is gone as soon as it is chosen; both open the question, which may come late. */
function Page({ late = 0 }: { late?: number }) {
  const [menu, setMenu] = useState(false);
  const [asking, setAsking] = useState(false);
  const ask = () => {
    setMenu(false);
    setTimeout(() => setAsking(true), late);
  };
  return (
    <>
      <button onClick={ask}>编辑</button>
      <button onClick={() => setMenu(true)}>更多</button>
      {menu && (
        <button role="menuitem" onClick={ask}>
          删除
        </button>
      )}
      {asking && <Ask title="确定吗" ok="确定" onOk={() => Promise.resolve()} onClose={() => setAsking(false)} />}
    </>
  );
}

const away = async () => {
  const dialog = await screen.findByRole("dialog");
  await userEvent.click(screen.getByRole("button", { name: /取\s*消/ }));
  await waitFor(() => expect(dialog.isConnected).toBe(false));
};

test("what opened a dialog gets the keyboard back, even if the keyboard had gone on before the dialog came", async () => {
  render(<Page late={50} />);
  const change = screen.getByRole("button", { name: "编辑" });
  change.focus();
  await userEvent.keyboard("{Enter}{Tab}");
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "更多" }));
  await away();
  await waitFor(() => expect(document.activeElement).toBe(change));
});

test("where the line of a menu opened it, the menu's button gets the keyboard back", async () => {
  render(<Page />);
  const more = screen.getByRole("button", { name: "更多" });
  fireEvent.click(more);
  fireEvent.click(screen.getByRole("menuitem"));
  await away();
  await waitFor(() => expect(document.activeElement).toBe(more));
});

test("a menu takes the keyboard as it opens, and its button has it back when a line is chosen", async () => {
  const chosen: string[] = [];
  render(
    <Menu
      menu={{
        items: [
          { key: "copy", label: "复制" },
          { key: "remove", label: "删除" },
        ],
        onClick: ({ key }) => chosen.push(key),
      }}
    >
      <button>更多</button>
    </Menu>,
  );
  const more = screen.getByRole("button", { name: "更多" });
  more.focus();
  await userEvent.keyboard("{Enter}");
  await waitFor(() => expect(document.activeElement?.getAttribute("role")).toMatch(/^menu/));
  await userEvent.click(await screen.findByRole("menuitem", { name: "删除" }));
  expect(chosen).toEqual(["remove"]);
  await waitFor(() => expect(document.activeElement).toBe(more));
});
