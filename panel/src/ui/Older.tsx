import { Button } from "@mantine/core";

type Paged = { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> };

/** The next page of a list; most are answered from the newest to the oldest. */
export function Older({ found, label = "Mais antigas" }: { found: Paged; label?: string }) {
  if (!found.hasNextPage) return null;
  return (
    <Button
      variant="default"
      w="fit-content"
      loading={found.isFetchingNextPage}
      onClick={() => void found.fetchNextPage()}
    >
      {label}
    </Button>
  );
}
