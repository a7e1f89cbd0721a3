import { useQuery } from "@tanstack/react-query";
import { api, ask, orNone } from "../../api/client";
import { Deliveries } from "../../ui/Deliveries";
import { Part } from "../../ui/Part";
import { ProblemNote } from "../../ui/ProblemNote";

/** Notices about a process, for whoever's job may see them: to the others the API answers 403, and nothing is shown. */
export function ProcessNotices({ process }: { process: string }) {
  const found = useQuery({
    queryKey: ["process-notices", process],
    retry: false,
    queryFn: () =>
      orNone(
        ask(api.GET("/api/external/v2.1/callbacks/deliveries", { params: { query: { subject: process } } })),
        403,
      ),
  });
  if (found.isPending || found.data === null) return null;
  const rows = found.data?.deliveries ?? [];
  return (
    <Part title="Avisos" empty={!found.error && rows.length === 0 && "Nenhum aviso sobre esta proposta."}>
      <ProblemNote problem={found.error} again={() => void found.refetch()} />
      {rows.length > 0 && <Deliveries rows={rows} again={() => found.refetch()} />}
    </Part>
  );
}
