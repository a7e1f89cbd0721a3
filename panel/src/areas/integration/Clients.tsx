import { useQuery } from "@tanstack/react-query";
import { api, ask } from "../../api/client";
import type { components } from "../../api/schema";
import { formatMoment } from "../../ui/format";
import { type Credential, Credentials, OVERLAP_HOURS } from "./Credentials";

type Client = components["schemas"]["ClientView"];

/** Clients of `/client/auth`: their secrets are made anew, and the one before is ended. */
export function Clients() {
  const found = useQuery({ queryKey: ["clients"], queryFn: () => ask(api.GET("/api/v1/clients")) });
  return (
    <Credentials
      title="Clientes da API"
      about={`Um cliente troca seu segredo por tokens. O segredo novo aparece uma única vez; o anterior vale mais ${OVERLAP_HOURS} horas, ou até ser encerrado.`}
      empty="Nenhum cliente: quem opera a instalação os cria."
      heads={["Número", "Abre", "Segredo de", "Situação"]}
      found={found}
      rows={found.data?.clients.map(toRow)}
      fresh="Segredo novo"
      words={{ replace: "Trocar segredo", end: "Encerrar o anterior", of: "do cliente" }}
    />
  );
}

function toRow(client: Client): Credential {
  const path = { client_id: client.client_id };
  const open = client.revoked_at === null;
  const both = overlaps(client, Date.now());
  return {
    id: client.client_id,
    name: String(client.client_id),
    cells: [client.scopes.join(", "), formatMoment(client.secret_created_at), sayStanding(client, both)],
    replace: open
      ? async () => {
          const body = { overlap_hours: OVERLAP_HOURS };
          const made = await ask(api.POST("/api/v1/clients/{client_id}/secrets", { params: { path }, body }));
          return made.client_secret;
        }
      : undefined,
    end:
      open && both
        ? () => {
            const previous = { ...path, which: "previous" as const };
            return ask(
              api.DELETE("/api/v1/clients/{client_id}/secrets/{which}", { params: { path: previous } }),
            );
          }
        : undefined,
  };
}

function overlaps(client: Client, now: number): boolean {
  return (
    client.previous_secret_valid_until !== null &&
    new Date(client.previous_secret_valid_until).getTime() > now
  );
}

function sayStanding(client: Client, both: boolean): string {
  if (client.revoked_at !== null) return `Encerrado em ${formatMoment(client.revoked_at)}`;
  if (!both) return "Vale";
  return `Vale; o segredo anterior também, até ${formatMoment(client.previous_secret_valid_until ?? "")}`;
}
