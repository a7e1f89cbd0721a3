import { useQuery } from "@tanstack/react-query";
import { api, ask } from "./client";

/** The partner's branches, and how one is called. */
export function useBranches() {
  const found = useQuery({ queryKey: ["branches"], queryFn: () => ask(api.GET("/api/v1/branches")) });
  const branches = found.data?.data ?? [];
  const called = (id: number) => branches.find((each) => each.id === id)?.name ?? `Filial ${id}`;
  const choices = branches.map((each) => ({ value: String(each.id), label: each.name }));
  return { found, branches, called, choices };
}
