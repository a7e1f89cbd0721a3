import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";

type Page<R> = { data: readonly R[]; next_cursor: string | null };
type Cursor = { cursor?: string };

/**
 * Pages of a list and their rows together. `read` is handed what its query needs to reach a page, nothing for the first.
 * `everyMs`: they are looked at again while one looks; `anew`: whenever the list is opened, for others add to it.
 */
export function usePages<R, P extends Page<R>>(
  key: readonly unknown[],
  read: (cursor: Cursor) => Promise<P & Page<R>>,
  { everyMs, anew }: { everyMs?: number; anew?: boolean } = {},
) {
  const found = useInfiniteQuery({
    queryKey: key,
    refetchInterval: everyMs ?? false,
    refetchOnMount: anew ? "always" : true,
    initialPageParam: null as string | null,
    getNextPageParam: (page: P & Page<R>) => page.next_cursor,
    queryFn: ({ pageParam }) => read(pageParam ? { cursor: pageParam } : {}),
  });
  const rows = useMemo(() => found.data?.pages.flatMap((page) => page.data), [found.data]);
  return { found, rows };
}
