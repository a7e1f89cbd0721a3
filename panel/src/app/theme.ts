import { type CSSVariablesResolver, createTheme } from "@mantine/core";

/** Colours of text on `filled` and `light` stay above WCAG's 4.5:1 in both schemes (checked by axe in the tests). */
export const theme = createTheme({
  primaryColor: "teal",
  primaryShade: 9,
  autoContrast: true,
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
  // A link among words is told by more than its colour (WCAG 1.4.1), and is of their size.
  components: {
    Anchor: { defaultProps: { underline: "always", inherit: true } },
    Table: { defaultProps: { highlightOnHoverColor: "var(--row-hovered)" } },
  },
});

const HOVERED = {
  "--mantine-color-teal-filled-hover": "#066649",
  "--mantine-primary-color-filled-hover": "#066649",
};

/** What the library's own colours leave below that contrast. */
export const contrasts: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    ...HOVERED,
    "--row-hovered": "#f8f9fa",
    "--mantine-color-anchor": "#066043",
    "--mantine-color-dimmed": "#495057",
    "--mantine-color-placeholder": "#495057",
    "--mantine-color-error": "#c1121f",
  },
  dark: {
    ...HOVERED,
    "--row-hovered": "#2e2e2e",
    "--mantine-color-violet-outline": "#b197fc",
    "--mantine-color-dimmed": "#c1c2c5",
    "--mantine-color-placeholder": "#c1c2c5",
    "--mantine-color-error": "#ff8787",
  },
});
