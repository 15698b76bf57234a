/** Builds the islands and style sheets into the web part's static files, under names that templates can rely on. */
import { readFileSync } from "node:fs";
import { defineConfig, type Plugin } from "vite";

const icons = new URL("node_modules/lucide-static/icons/", import.meta.url);

/** One SVG sprite of the icons listed in src/icons.txt: a page loads the few in use, once. */
function sprite(): Plugin {
  return {
    name: "sprite",
    generateBundle() {
      const names = readFileSync("src/icons.txt", "utf8").split("\n").filter(Boolean);
      const symbols = names.map((name) => {
        const drawing = readFileSync(new URL(`${name}.svg`, icons), "utf8");
        const shapes = drawing.slice(drawing.indexOf(">", drawing.indexOf("<svg")) + 1, drawing.lastIndexOf("</svg>"));
        return `<symbol id="${name}" viewBox="0 0 24 24">${shapes.replace(/\s+/g, " ").trim()}</symbol>`;
      });
      const notice = "<!-- Lucide icons, ISC licence, lucide.dev -->";
      const source = `<svg xmlns="http://www.w3.org/2000/svg">${notice}${symbols.join("")}</svg>`;
      this.emitFile({ type: "asset", fileName: "icons.svg", source });
      this.emitFile({ type: "asset", fileName: "mark.svg", source: readFileSync("src/mark.svg", "utf8") });
    },
  };
}

export default defineConfig({
  base: "/static/dist/",
  publicDir: false,
  plugins: [sprite()],
  build: {
    outDir: "../src/tonggui/web/static/dist",
    emptyOutDir: true,
    target: "es2022",
    // Browsers of domestic systems lag behind: nesting and the like are written out for them.
    cssTarget: "chrome100",
    modulePreload: false,
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      // HTMX can evaluate strings; src/app.ts switches that off and the content policy forbids it.
      checks: { eval: false },
      input: {
        app: "src/app.ts",
        live: "src/map/live.ts",
        track: "src/map/track.ts",
        spot: "src/map/spot.ts",
        hotspots: "src/map/hotspots.ts",
        area: "src/map/area.ts",
        frame: "src/frame.ts",
        wording: "src/wording.ts",
        workbench: "src/workbench/main.ts",
        documents: "src/documents.ts",
        desk: "src/desk/main.ts",
        phone: "src/phone/main.ts",
        "phone-worker": "src/phone/worker.ts",
        "app-style": "src/styles/app.css",
        "map-style": "src/map/map.css",
        "desk-style": "src/desk/desk.css",
        "phone-style": "src/phone/phone.css",
      },
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "chunks/[name]-[hash].js",
        assetFileNames: (asset) => (asset.names[0]?.endsWith("-style.css") ? asset.names[0] : "assets/[name]-[hash][extname]"),
      },
    },
  },
});
