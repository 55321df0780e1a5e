import { defineConfig } from "vite";

// The server answers with a strict Content-Security-Policy: everything is a file of our own, nothing is inlined.
export default defineConfig({
  esbuild: { jsx: "automatic", jsxImportSource: "preact" },
  build: { target: "es2022", assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  server: { proxy: { "/v1": "http://127.0.0.1:8787" } },
});
