import { createApiReference } from "@scalar/api-reference";
import "@scalar/api-reference/style.css";
import "./reference.css";

/** Draw the reference of this installation. */
export function show(): void {
  const root = new URL(".", document.baseURI).href.replace(/\/$/, "");
  createApiReference("#reference", {
    url: `${root}/openapi.json`,
    servers: [{ url: root, description: "Esta instalação" }],
    localization: { locale: "pt" },
    layout: "modern",
    withDefaultFonts: false,
    persistAuth: false,
    telemetry: false,
    agent: { disabled: true },
    mcp: { disabled: true },
    showDeveloperTools: "never",
    hideClientButton: true,
    documentDownloadType: "direct",
    defaultHttpClient: { targetKey: "shell", clientKey: "curl" },
  });
}
