import { useQuery } from "@tanstack/react-query";
import { api, ask } from "../../api/client";
import type { components } from "../../api/schema";
import { formatMoment } from "../../ui/format";
import { type Credential, Credentials, OVERLAP_HOURS } from "./Credentials";
import { NewCredential, sayBounds } from "./NewCredential";
import { standingOf } from "./standing";

type Key = components["schemas"]["ApiKeyList"]["api_keys"][number];

export function ApiKeys() {
  const found = useQuery({ queryKey: ["api-keys"], queryFn: () => ask(api.GET("/api/v1/api_keys")) });
  return (
    <Credentials
      title="Chaves de API"
      about={`Uma chave abre a API de parceiros. A nova aparece uma única vez; a que se troca vale mais ${OVERLAP_HOURS} horas, ou até ser encerrada.`}
      empty="Nenhuma chave."
      heads={["Chave", "Abre", "Criada em", "Situação"]}
      found={found}
      rows={found.data?.api_keys.map(toRow)}
      fresh="Chave nova"
    >
      {(made) => (
        <NewCredential
          name="new-api-key"
          title="Criar chave"
          make={async (body) => (await ask(api.POST("/api/v1/api_keys", { body }))).key}
          made={made}
        />
      )}
    </Credentials>
  );
}

function toRow(key: Key): Credential {
  const { words, opens } = standingOf(key, Date.now());
  const params = { path: { key_id: key.id } };
  const name = key.id.slice(0, 8);
  const of = `a chave ${name}`;
  const replacing = {
    words: "Trocar",
    of,
    work: async () => {
      const body = { overlap_hours: OVERLAP_HOURS };
      return (await ask(api.POST("/api/v1/api_keys/{key_id}/replacement", { params, body }))).key;
    },
  };
  const ending = {
    words: "Encerrar",
    of,
    work: () => ask(api.DELETE("/api/v1/api_keys/{key_id}", { params })),
  };
  return {
    id: key.id,
    name,
    cells: [sayBounds(key), formatMoment(key.created_at), words],
    acts: [...(opens && !key.replaced_by ? [replacing] : []), ...(opens ? [ending] : [])],
  };
}
