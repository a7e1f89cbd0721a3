import { useQuery } from "@tanstack/react-query";
import { api, ask } from "../../api/client";
import type { components } from "../../api/schema";
import { formatMoment } from "../../ui/format";
import { type Credential, Credentials, OVERLAP_HOURS } from "./Credentials";
import { standingOf } from "./standing";

type Key = components["schemas"]["ApiKeyList"]["api_keys"][number];

export function ApiKeys() {
  const found = useQuery({ queryKey: ["api-keys"], queryFn: () => ask(api.GET("/api/v1/api_keys")) });
  return (
    <Credentials
      title="Chaves de API"
      about="Quem opera a instalação cria chaves; aqui elas são trocadas e encerradas."
      empty="Nenhuma chave."
      heads={["Chave", "Criada em", "Situação"]}
      found={found}
      rows={found.data?.api_keys.map(toRow)}
      fresh="Chave nova"
      words={{ replace: "Trocar", end: "Encerrar", of: "a chave" }}
    />
  );
}

function toRow(key: Key): Credential {
  const { words, opens } = standingOf(key, Date.now());
  const params = { path: { key_id: key.id } };
  return {
    id: key.id,
    name: key.id.slice(0, 8),
    cells: [formatMoment(key.created_at), words],
    replace:
      opens && !key.replaced_by
        ? async () => {
            const body = { overlap_hours: OVERLAP_HOURS };
            return (await ask(api.POST("/api/v1/api_keys/{key_id}/replacement", { params, body }))).key;
          }
        : undefined,
    end: opens ? () => ask(api.DELETE("/api/v1/api_keys/{key_id}", { params })) : undefined,
  };
}
