import { useQuery } from "@tanstack/react-query";
import { api, ask } from "../../api/client";
import type { components } from "../../api/schema";
import { formatMoment } from "../../ui/format";
import { type Credential, Credentials, OVERLAP_HOURS } from "./Credentials";
import { NewCredential, SCOPES, sayBounds } from "./NewCredential";

type Client = components["schemas"]["ClientView"];

/** Clients of `/client/auth`: made and ended, their secrets made anew, and the one before ended. */
export function Clients() {
  const found = useQuery({ queryKey: ["clients"], queryFn: () => ask(api.GET("/api/v1/clients")) });
  return (
    <Credentials
      title="Clientes da API"
      about={`Um cliente troca seu segredo por tokens. O segredo novo aparece uma única vez; o anterior vale mais ${OVERLAP_HOURS} horas, ou até ser encerrado.`}
      empty="Nenhum cliente."
      heads={["Número", "Abre", "Segredo de", "Situação"]}
      found={found}
      rows={found.data?.clients.map(toRow)}
      fresh="Segredo novo"
    >
      {(made) => (
        <NewCredential
          name="new-client"
          title="Criar cliente"
          scopes={SCOPES}
          make={async (body, scopes) =>
            (await ask(api.POST("/api/v1/clients", { body: { ...body, scopes } }))).client_secret
          }
          made={made}
        />
      )}
    </Credentials>
  );
}

function toRow(client: Client): Credential {
  const path = { client_id: client.client_id };
  const open = client.revoked_at === null;
  const both = overlaps(client, Date.now());
  const replacing = {
    words: "Trocar segredo",
    of: `do cliente ${client.client_id}`,
    work: async () => {
      const body = { overlap_hours: OVERLAP_HOURS };
      return (await ask(api.POST("/api/v1/clients/{client_id}/secrets", { params: { path }, body })))
        .client_secret;
    },
  };
  const ending = {
    words: "Encerrar o anterior",
    of: `do cliente ${client.client_id}`,
    work: () => {
      const previous = { ...path, which: "previous" as const };
      return ask(api.DELETE("/api/v1/clients/{client_id}/secrets/{which}", { params: { path: previous } }));
    },
  };
  const revoking = {
    words: "Encerrar",
    of: `o cliente ${client.client_id}`,
    work: () => ask(api.DELETE("/api/v1/clients/{client_id}", { params: { path } })),
  };
  return {
    id: client.client_id,
    name: String(client.client_id),
    cells: [
      [client.scopes.join(", "), sayBounds(client)].join("; "),
      formatMoment(client.secret_created_at),
      sayStanding(client, both),
    ],
    acts: open ? [replacing, ...(both ? [ending] : []), revoking] : [],
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
