import { Group, Text, TextInput } from "@mantine/core";
import { useMemo, useState } from "react";
import { fits, type Texts } from "./filter";
import { useSearchKey } from "./searchKey";

export const NONE_FITS = "Nenhuma das linhas mostradas é assim.";
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * A list's rows, narrowed to what is typed, which asks the API for nothing: it sees what the list shows by now, and says
 * so. `textsOf` stands outside of what renders.
 */
export function useFilter<T>(rows: readonly T[] | undefined, textsOf: (row: T) => Texts) {
  const [typed, setTyped] = useState("");
  const kept = useMemo(
    () => (typed.trim() ? rows?.filter((row) => fits(typed, textsOf(row))) : rows),
    [rows, typed, textsOf],
  );
  return { typed, setTyped, kept, all: rows?.length ?? 0 };
}

type Props = {
  name: string;
  placeholder: string;
  filter: Pick<ReturnType<typeof useFilter>, "typed" | "setTyped" | "all"> & {
    kept: readonly unknown[] | undefined;
  };
  /** Whether the list goes on behind what it shows. */
  more: boolean;
  /** Opens what has a number of its own, wherever in the list it is. */
  open?: (id: string) => void;
};

/** The field of a filter, which `/` leads to, and how much of the list it leaves. */
export function FilterBox({ name, placeholder, filter, more, open }: Props) {
  const { typed, setTyped, kept, all } = filter;
  const field = useSearchKey();
  const number = typed.trim();
  return (
    <Group gap="xs">
      <TextInput
        ref={field}
        aria-label={name}
        placeholder={`${placeholder}  ( / )`}
        miw={260}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") setTyped("");
          if (event.key === "Enter" && open && ID.test(number)) open(number.toLowerCase());
        }}
      />
      <Text size="sm" role="status">
        {number && kept
          ? `${kept.length} de ${all} linhas mostradas${more ? "; há mais adiante" : ""}`
          : "\u00a0"}
      </Text>
    </Group>
  );
}
