import { useHotkeys } from "@mantine/hooks";
import { useRef } from "react";

/** A field that `/` leads to from anywhere on the page. */
export function useSearchKey() {
  const field = useRef<HTMLInputElement>(null);
  useHotkeys([["/", () => field.current?.focus()]]);
  return field;
}
