import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import type { ReactNode } from "react";
import { createMemoryRouter } from "react-router";
import { RouterProvider } from "react-router/dom";
import { MetaContext } from "../app/meta";
import { Theme } from "../app/theme";
import { OpenableContext } from "../kinds/RefLink";
import { Toasts } from "../kit/toast";
import { FormHost } from "../screens/form/FormHost";
import { meta } from "./planets";

/** Draws a screen for somebody who is signed in, at an address. */
export function draw(screen: ReactNode, { at = "/", path = "*" }: { at?: string; path?: string } = {}) {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const inside = (
    <MetaContext value={meta}>
      <OpenableContext value={(name) => name in meta.objects}>
        <FormHost>{screen}</FormHost>
        <Toasts />
      </OpenableContext>
    </MetaContext>
  );
  const router = createMemoryRouter(
    [
      { path, element: inside },
      { path: "*", element: inside },
    ],
    { initialEntries: [at] },
  );
  return {
    router,
    queries,
    ...render(
      <Theme>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </Theme>,
    ),
  };
}
