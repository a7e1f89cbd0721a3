import { createTheme } from "@mantine/core";

/** Colours of text on `filled` and `light` stay above WCAG's 4.5:1 in both schemes (checked by axe in the tests). */
export const theme = createTheme({
  primaryColor: "teal",
  primaryShade: { light: 9, dark: 8 },
  autoContrast: true,
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
});
