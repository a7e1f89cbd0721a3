import type { ReactNode } from "react";

/** What may be wider than the window, and is moved within its own frame, with the keyboard as well. */
export function Scroll({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no mouse scrolls it with the arrow keys
    <section className="scroll" aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
