import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { Ask } from "./ask";

/** A question over a form, as React sees it: inside. */
function over(onOk: () => Promise<unknown>, disabled = false) {
  const saved = vi.fn();
  const closed = vi.fn();
  render(
    <form onSubmit={saved}>
      <Ask title="再输入一次" ok="继续" disabled={disabled} onOk={onOk} onClose={closed}>
        <input aria-label="密码" />
      </Ask>
    </form>,
  );
  return { saved, closed };
}

test("Enter in the line of a question answers it, and nothing below it", async () => {
  const answer = vi.fn(() => Promise.resolve());
  const { saved, closed } = over(answer);
  await userEvent.type(screen.getByLabelText("密码"), "secret{Enter}");
  await waitFor(() => expect(closed).toHaveBeenCalledOnce());
  expect(answer).toHaveBeenCalledOnce();
  expect(saved).not.toHaveBeenCalled();
});

test("as long as there is nothing to answer with, Enter does nothing", async () => {
  const answer = vi.fn(() => Promise.resolve());
  over(answer, true);
  await userEvent.type(screen.getByLabelText("密码"), "{Enter}");
  expect(answer).not.toHaveBeenCalled();
});

test("why it was refused stands in the question, which stays open", async () => {
  const { closed } = over(() => Promise.reject(new Error("密码不正确")));
  await userEvent.type(screen.getByLabelText("密码"), "wrong{Enter}");
  expect((await within(screen.getByRole("dialog")).findByRole("alert")).textContent).toBe("密码不正确");
  expect(closed).not.toHaveBeenCalled();
});
