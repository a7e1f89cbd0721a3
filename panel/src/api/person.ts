import { useQuery } from "@tanstack/react-query";
import { api, ask } from "./client";

/** Who is logged in; `name` is what the API records of its acts: an address is one person's, a name may be two's. */
export function usePerson(): { job: string; name: string } {
  const found = useQuery({ queryKey: ["user"], queryFn: () => ask(api.GET("/api/v1/users/current")) });
  const user = found.data?.user;
  return { job: user?.role.identifier ?? "", name: user?.email ?? user?.name ?? "" };
}
