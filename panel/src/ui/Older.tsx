import { Button } from "@mantine/core";

type Paged = { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> };

/** The next page of a list that the API answers from the newest to the oldest. */
export function Older({ found }: { found: Paged }) {
  if (!found.hasNextPage) return null;
  return (
    <Button
      variant="default"
      w="fit-content"
      loading={found.isFetchingNextPage}
      onClick={() => void found.fetchNextPage()}
    >
      Mais antigas
    </Button>
  );
}
