import { Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

/** A part of a screen under its own heading; `empty` says that there is nothing in it. */
export function Part(props: { title: string; empty?: string | false; children: ReactNode }) {
  const { title, empty, children } = props;
  return (
    <Stack gap="xs" component="section" aria-label={title}>
      <Title order={2} size="h3">
        {title}
      </Title>
      {empty ? <Text>{empty}</Text> : children}
    </Stack>
  );
}
