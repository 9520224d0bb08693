import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { shell } from "./build/shell.ts";
import { words } from "./build/words.ts";

const server = process.env.ZHIKE_API ?? "http://127.0.0.1:8000";

export default defineConfig({
  plugins: [words(), react(), shell()],
  build: {
    outDir: "../zhike/project/web",
    emptyOutDir: true,
    target: "es2023",
    // One request more is cheaper than a page's policy that allows data: scripts.
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: { index: "index.html", worker: "src/offline/worker.ts" },
      // A service worker watches over what lies below it, so it lies at the root and keeps its name.
      output: {
        entryFileNames: ({ name }) => (name === "worker" ? "worker.js" : "assets/[name]-[hash].js"),
        codeSplitting: {
          groups: [
            // The frame waits for English where somebody wants it, so what English needs may not wait for the frame.
            { name: "locale", test: /\/locale\/en_US\.js$/, priority: 2 },
            // Fifty small files, each compressed for itself, weigh 12 kB more than one.
            { name: "frame", tags: ["$initial"], test: (id) => !id.endsWith("/offline/worker.ts"), priority: 1 },
          ],
        },
      },
      // These packages only declare components, but do not say so; unsaid, every screen would carry the forms and menus it never draws.
      treeshake: { moduleSideEffects: [{ test: /node_modules\/@rc-component\//, sideEffects: false }] },
    },
    // The charts are the only large part, and come only when a dashboard draws a line.
    chunkSizeWarningLimit: 700,
    // What the first screen weighs is read from it by tests/test_first_screen.py.
    manifest: true,
  },
  server: { host: "127.0.0.1", port: 5173, proxy: { "/api": { target: server }, "/forms": { target: server } } },
  test: {
    environment: "jsdom",
    setupFiles: ["src/testing/setup.ts"],
    restoreMocks: true,
    unstubGlobals: true,
    isolate: false,
    testTimeout: 20_000,
  },
});
