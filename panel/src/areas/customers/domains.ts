import { useQuery } from "@tanstack/react-query";
import { api, ask } from "../../api/client";

export type Choice = { value: string; label: string };
export type Domains = (list: string) => Choice[];

/** The API's closed lists, as choices; empty until they have come. */
export function useDomains(): Domains {
  const found = useQuery({
    queryKey: ["customer-domains"],
    staleTime: 3_600_000,
    queryFn: () => ask(api.GET("/api/v1/domains", {})),
  });
  const lists = (found.data?.domains ?? {}) as Record<string, { id: number; name: string }[] | undefined>;
  return (list) => (lists[list] ?? []).map((each) => ({ value: String(each.id), label: each.name }));
}
