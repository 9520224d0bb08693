import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { lazy } from "react";
import { createBrowserRouter, Outlet } from "react-router";
import { RouterProvider } from "react-router/dom";
import { Failure } from "../client/http";
import { Boundary } from "../kit/Problem";
import { Toasts } from "../kit/toast";
import { Session } from "./session";
import { Shell } from "./Shell";
import { Theme } from "./theme";

const Home = lazy(() => import("../screens/Home"));
const Dashboard = lazy(() => import("../screens/Dashboard"));
const Dashboards = lazy(() => import("../screens/dashboards/Dashboards"));
const Reports = lazy(() => import("../screens/reports/Reports"));
const ReportScreen = lazy(() => import("../screens/reports/ReportScreen"));
const Search = lazy(() => import("../screens/Search"));
const Jobs = lazy(() => import("../screens/Jobs"));
const JobPage = lazy(() => import("../screens/JobPage"));
const ImportStart = lazy(() => import("../screens/ImportStart"));
const Import = lazy(() => import("../screens/Import"));
const List = lazy(() => import("../screens/List"));
const New = lazy(() => import("../screens/New"));
const Detail = lazy(() => import("../screens/Detail"));
const Settings = lazy(() => import("../extras/settings/Settings"));
const Options = lazy(() => import("../extras/settings/Options"));
const Modules = lazy(() => import("../extras/settings/Modules"));
const Deadlines = lazy(() => import("../screens/Deadlines"));
const Inbox = lazy(() => import("../screens/approvals/Inbox"));
const RequestPage = lazy(() => import("../screens/approvals/RequestPage"));
const Duplicates = lazy(() => import("../screens/Duplicates"));
const Merge = lazy(() => import("../screens/Merge"));
const Deeds = lazy(() => import("../screens/Deeds"));
const Recycled = lazy(() => import("../screens/Recycled"));
const Layouts = lazy(() => import("../extras/settings/layouts/Layouts"));
const Numbering = lazy(() => import("../extras/settings/Numbering"));
const Company = lazy(() => import("../extras/settings/company/Company"));
const Mail = lazy(() => import("../extras/settings/Mail"));
const Mappings = lazy(() => import("../extras/settings/Mappings"));
const Security = lazy(() => import("../screens/security/Security"));
const NotFound = lazy(() => import("../screens/NotFound"));

const queries = new QueryClient({
  defaultOptions: {
    // Without a network a question is still asked: what was read before answers it.
    queries: {
      staleTime: 10_000,
      networkMode: "always",
      refetchOnReconnect: true,
      retry: (times, cause) => times < 2 && cause instanceof Failure && cause.status === 0 && navigator.onLine,
    },
    mutations: { networkMode: "always" },
  },
});

const router = createBrowserRouter([
  {
    element: (
      <Boundary>
        <Session>
          <Shell>
            <Outlet />
          </Shell>
        </Session>
        <Toasts />
      </Boundary>
    ),
    children: [
      { path: "/", element: <Home /> },
      { path: "/dashboards/:name", element: <Dashboard /> },
      { path: "/dashboards", element: <Dashboards /> },
      { path: "/reports", element: <Reports /> },
      { path: "/reports/:id", element: <ReportScreen /> },
      { path: "/search", element: <Search /> },
      { path: "/jobs", element: <Jobs /> },
      { path: "/jobs/:id", element: <JobPage /> },
      { path: "/imports/new", element: <ImportStart /> },
      { path: "/imports/:id", element: <Import /> },
      { path: "/deadlines", element: <Deadlines /> },
      { path: "/approvals", element: <Inbox /> },
      { path: "/approvals/:id", element: <RequestPage /> },
      { path: "/account/deeds", element: <Deeds /> },
      { path: "/account/security", element: <Security /> },
      { path: "/settings", element: <Settings /> },
      { path: "/settings/options", element: <Options /> },
      { path: "/settings/layouts", element: <Layouts /> },
      { path: "/settings/numbering", element: <Numbering /> },
      { path: "/settings/company", element: <Company /> },
      { path: "/settings/mail", element: <Mail /> },
      { path: "/settings/mappings", element: <Mappings /> },
      { path: "/settings/modules", element: <Modules /> },
      { path: "/duplicates/:collection", element: <Duplicates /> },
      { path: "/merge/:collection", element: <Merge /> },
      { path: "/recycled/:collection", element: <Recycled /> },
      { path: "/:collection", element: <List /> },
      { path: "/:collection/new", element: <New /> },
      { path: "/:collection/:id", element: <Detail /> },
      { path: "*", element: <NotFound /> },
    ],
  },
]);

export function App() {
  return (
    <Theme>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </Theme>
  );
}
