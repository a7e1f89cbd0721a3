import { Button, Group, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useSearchKey } from "./searchKey";

type Props = {
  /** What is heard; beside a `label` that is seen it is not needed. */
  name?: string;
  label?: string;
  placeholder: string;
  typed: string;
  change: (typed: string) => void;
  search: () => void;
  wrong?: string | undefined;
  before?: ReactNode;
  after?: ReactNode;
};

/** The search of a list, which `/` leads to, with the filters that stand before and after it. */
export function SearchBox(props: Props) {
  const { name, label, placeholder, typed, change, search, wrong, before, after } = props;
  const field = useSearchKey();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        search();
      }}
    >
      <Group align={label ? "flex-end" : "flex-start"}>
        {before}
        <TextInput
          ref={field}
          label={label}
          aria-label={name}
          placeholder={`${placeholder}  ( / )`}
          miw={260}
          value={typed}
          onChange={(event) => change(event.currentTarget.value)}
          error={wrong}
        />
        {after}
        <Button type="submit">Buscar</Button>
      </Group>
    </form>
  );
}
