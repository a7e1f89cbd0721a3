import { type KeyboardEvent, useState } from "react";

const OF_FORMS = new Set(["INPUT", "SELECT", "TEXTAREA"]);

/**
 * Rows of a table that are gone through with the keyboard: what each row of a place has to have. One row is in the order
 * of Tab; the arrow keys, Home and End go through the others. Enter follows the row's link or unfolds it; to a button that
 * does something it only leads, which is pressed by whoever means it. What unfolds below a row is passed by.
 */
export function useRows(count: number) {
  const [current, setCurrent] = useState(0);
  const within = Math.min(current, count - 1);
  return (place: number, className = "") => ({
    className: `row ${className}`,
    tabIndex: place === within ? 0 : -1,
    onFocus: () => setCurrent(place),
    onKeyDown: moveWithKeys,
  });
}

function moveWithKeys(event: KeyboardEvent<HTMLTableRowElement>) {
  const row = event.currentTarget;
  const from = event.target as HTMLElement;
  if (OF_FORMS.has(from.tagName) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Enter" && from === row) {
    const opens = row.querySelector<HTMLElement>("a[href], button[aria-expanded]:not([disabled])");
    if (opens) return opens.click();
    // The button must not be pressed by the same key.
    event.preventDefault();
    return row.querySelector<HTMLElement>("button:not([disabled])")?.focus();
  }
  const rows = [...(row.parentElement?.querySelectorAll<HTMLElement>(":scope > .row") ?? [])];
  const reached: Record<string, number> = {
    ArrowDown: rows.indexOf(row) + 1,
    ArrowUp: Math.max(rows.indexOf(row) - 1, 0),
    Home: 0,
    End: rows.length - 1,
  };
  const place = reached[event.key];
  if (place === undefined) return;
  event.preventDefault();
  rows[place]?.focus();
}
