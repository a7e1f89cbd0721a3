import { Button, Group, PasswordInput, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { api, ask } from "../../api/client";
import { useAct } from "../../ui/act";
import { formatMoment } from "../../ui/format";
import { Part } from "../../ui/Part";
import { ProblemNote } from "../../ui/ProblemNote";
import type { Bureau, Integration } from "./setup";

type Held = { integration: Integration; bureau: Bureau; changed: () => Promise<void> };

/** Each secret is tested and replaced by itself. None is ever shown, nor kept in a draft. */
export function Secrets({ integration, bureau, changed }: Held) {
  return (
    <Part title="Segredos">
      {integration.secrets.map((each) => (
        <Secret
          key={each.name}
          id={integration.id}
          name={each.name}
          label={bureau.fields.find((field) => field.name === each.name)?.label ?? each.name}
          replaced={each.replaced_at}
          changed={changed}
        />
      ))}
    </Part>
  );
}

function Secret(props: {
  id: number;
  name: string;
  label: string;
  replaced: string | null;
  changed: () => Promise<void>;
}) {
  const { id, name, label, replaced, changed } = props;
  const [typed, setTyped] = useState("");
  const [said, setSaid] = useState("");
  const { busy, problem, act } = useAct();
  const params = { path: { integration_id: id, field: name } };

  const testing = typed ? "Testar o digitado" : "Testar o guardado";
  const test = () =>
    act("test", async () => {
      const body = typed ? { secret: { value: typed } } : {};
      const answer = await ask(
        api.PUT("/api/v1/bureau_integrations/{integration_id}/secrets/{field}/test", { params, body }),
      );
      const { accepted, message } = answer.data;
      const which = typed ? "o digitado, que não foi guardado" : "o guardado";
      setSaid(accepted ? `O birô aceita ${which}.` : `O birô não aceita ${which}. ${message ?? ""}`);
    });
  const replace = () =>
    act("replace", async () => {
      await ask(
        api.PUT("/api/v1/bureau_integrations/{integration_id}/secrets/{field}", {
          params,
          body: { secret: { value: typed } },
        }),
      );
      setTyped("");
      setSaid("Trocado.");
      await changed();
    });

  return (
    <Stack gap="xs">
      <Group align="flex-end">
        <PasswordInput
          label={label}
          description={replaced ? `Trocado em ${formatMoment(replaced)}` : "Nunca informado"}
          placeholder="Nunca é mostrado"
          autoComplete="new-password"
          miw={240}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button
          variant="default"
          loading={busy === "test"}
          onClick={() => void test()}
          aria-label={`${testing}: ${label}`}
        >
          {testing}
        </Button>
        <Button
          disabled={!typed}
          loading={busy === "replace"}
          onClick={() => void replace()}
          aria-label={`Trocar: ${label}`}
        >
          Trocar
        </Button>
      </Group>
      <Text size="sm" role="status">
        {said}
      </Text>
      <ProblemNote problem={problem} />
    </Stack>
  );
}
