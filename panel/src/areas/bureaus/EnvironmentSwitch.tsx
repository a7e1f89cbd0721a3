import { Button, Group, PasswordInput, SimpleGrid, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { api, ask } from "../../api/client";
import { useAct } from "../../ui/act";
import { Part } from "../../ui/Part";
import { ProblemNote } from "../../ui/ProblemNote";
import type { Bureau, Integration } from "./setup";
import { ENVIRONMENTS } from "./words";

type Held = { integration: Integration; bureau: Bureau; changed: () => Promise<void> };

/** The other environment, with every secret anew: one is never tried in the other, and none is kept by the page. */
export function EnvironmentSwitch({ integration, bureau, changed }: Held) {
  const [secrets, setSecrets] = useState<Record<string, string>>({});
  const [open, setOpen] = useState(false);
  const [sure, setSure] = useState(false);
  const { busy, problem, act } = useAct();
  const other = integration.environment === "production" ? "homologation" : "production";
  const name = ENVIRONMENTS[other] ?? other;
  const asked = bureau.fields.filter((each) => each.secret);
  const whole = asked.every((each) => secrets[each.name]);
  const close = () => {
    setSecrets({});
    setSure(false);
    setOpen(false);
  };

  const change = () =>
    act("change", async () => {
      const params = { path: { integration_id: integration.id } };
      const body = { bureau_integration: { environment: other as "production", fields: secrets } };
      await ask(api.PATCH("/api/v1/bureau_integrations/{integration_id}", { params, body }));
      close();
      await changed();
    });

  return (
    <Part title="Ambiente">
      <Text size="sm">
        {integration.environment === "production"
          ? "Em produção cada consulta vai ao birô e é cobrada, e o que se negativa outros veem."
          : "Em homologação nada sai para o birô de verdade: nada é cobrado e ninguém é negativado."}
      </Text>
      {!open && (
        <Button variant="default" w="fit-content" onClick={() => setOpen(true)}>
          Passar para {name.toLowerCase()}
        </Button>
      )}
      {open && (
        <Stack gap="xs">
          <Text size="sm">
            Um segredo vale em um ambiente só: informe todos os de {name.toLowerCase()}. Os de agora são
            esquecidos. Com uma negativação pendente neste ambiente, a troca é recusada.
          </Text>
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            {asked.map((each) => (
              <PasswordInput
                key={each.name}
                label={`${each.label} (${name.toLowerCase()})`}
                required
                autoComplete="new-password"
                value={secrets[each.name] ?? ""}
                onChange={(event) => {
                  setSure(false);
                  setSecrets({ ...secrets, [each.name]: event.currentTarget.value });
                }}
              />
            ))}
          </SimpleGrid>
          {sure && (
            <Text size="sm" role="alert" className="minimum">
              {other === "production"
                ? `A partir de agora ${integration.linked_branch_ids.length} filial(is) consulta(m) de verdade: cada consulta é cobrada, e o que for negativado outros veem.`
                : "A partir de agora estas filiais deixam de consultar e de negativar de verdade."}
            </Text>
          )}
          <ProblemNote problem={problem} />
          <Group>
            <Button
              loading={busy !== ""}
              disabled={!whole}
              {...(sure ? { color: "red" } : {})}
              onClick={() => (sure ? void change() : setSure(true))}
            >
              {sure ? `Passar mesmo para ${name.toLowerCase()}` : `Passar para ${name.toLowerCase()}`}
            </Button>
            <Button variant="default" disabled={busy !== ""} onClick={close}>
              Manter
            </Button>
          </Group>
        </Stack>
      )}
    </Part>
  );
}
