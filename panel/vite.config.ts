import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// Addresses are relative and every file lies in one folder beside the pages: the API may live under any path.
export default defineConfig({
  base: "./",
  plugins: [react()],
  build: {
    assetsDir: "panel",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    chunkSizeWarningLimit: 3000,
    rolldownOptions: { input: ["index.html", "portal.html", "reference.html"] },
  },
  test: { environment: "node", include: ["src/**/*.test.ts"] },
});
