import {
  Button,
  Fieldset,
  Group,
  List,
  SimpleGrid,
  Skeleton,
  Stack,
  Switch,
  Text,
  TextInput,
  Title,
} from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useBranches } from "../../api/branches";
import { api, ask } from "../../api/client";
import { useGoOn } from "../../app/routes";
import { useAct } from "../../ui/act";
import { Fact } from "../../ui/Fact";
import { useForm } from "../../ui/form";
import { formatCents, formatMoment, readCents } from "../../ui/format";
import { Part } from "../../ui/Part";
import { ProblemNote } from "../../ui/ProblemNote";
import { useMayWrite, Writing } from "../../ui/Writing";
import { BureauFields, filled, type Values } from "./BureauFields";
import { Codes } from "./Codes";
import { EnvironmentSwitch } from "./EnvironmentSwitch";
import { Secrets } from "./Secrets";
import { type Bureau, type Integration, useBureaus } from "./setup";
import { BLOCKS, ENVIRONMENTS, PANELS } from "./words";

export function IntegrationScreen({ id }: { id: number }) {
  const goOn = useGoOn();
  const queries = useQueryClient();
  const { bureaus, named } = useBureaus();
  const { called } = useBranches();
  const { busy, problem, act } = useAct();
  const [sure, setSure] = useState("");
  const path = { integration_id: id };
  const found = useQuery({
    queryKey: ["integration", id],
    queryFn: () => ask(api.GET("/api/v1/bureau_integrations/{integration_id}", { params: { path } })),
  });
  const one = found.data?.data;
  if (!one) {
    return found.error ? (
      <ProblemNote problem={found.error} again={() => void found.refetch()} />
    ) : (
      <Skeleton height={420} />
    );
  }
  const bureau = bureaus.find((each) => each.code === one.provider);
  const again = async () => {
    await queries.invalidateQueries({ queryKey: ["integrations"] });
    await queries.invalidateQueries({ queryKey: ["branches"] });
    await found.refetch();
  };
  const unlink = (branch: number) =>
    act(`unlink-${branch}`, async () => {
      await ask(
        api.DELETE("/api/v1/branches/{branch_id}/bureau_integration", {
          params: { path: { branch_id: branch } },
        }),
      );
      setSure("");
      await again();
    });
  const remove = () =>
    act("remove", async () => {
      await ask(api.DELETE("/api/v1/bureau_integrations/{integration_id}", { params: { path } }));
      await queries.invalidateQueries({ queryKey: ["integrations"] });
      await queries.invalidateQueries({ queryKey: ["branches"] });
      goOn("biros", "integracoes");
    });
  const why = one.automatic.blocked_by;
  return (
    <Stack>
      <Title order={2} className="fits">
        {named(one.provider)}, {called(one.branch_id)}
      </Title>
      <ProblemNote problem={problem ?? found.error} />
      <SimpleGrid cols={{ base: 2, sm: 4 }}>
        <Fact name="Ambiente">{ENVIRONMENTS[one.environment] ?? one.environment}</Fact>
        <Fact name="De quem é a chave">{PANELS[one.panel] ?? one.panel}</Fact>
        <Fact name="Compartilhada com">
          {one.shared_with.map((each) => PANELS[each] ?? each).join(", ") || "Ninguém"}
        </Fact>
        <Fact name="Token renovado em">
          {one.token_updated_at ? formatMoment(one.token_updated_at) : "Ainda não"}
        </Fact>
        <Fact name="Negativação automática">
          {why === null ? "Ligada" : `Não: ${BLOCKS[why] ?? why}`}
          {one.automatic.missing_codes.length > 0 && ` (${one.automatic.missing_codes.join(", ")})`}
        </Fact>
      </SimpleGrid>
      <Writing area="bureau_setup">
        {bureau && <Secrets integration={one} bureau={bureau} changed={again} />}
        {bureau && <EnvironmentSwitch integration={one} bureau={bureau} changed={again} />}
      </Writing>
      {bureau && <Fields integration={one} bureau={bureau} changed={again} />}
      {bureau?.has_restriction_codes && <Codes id={id} changed={again} />}
      <Part title="Filiais que consultam com ela">
        <List spacing="xs">
          {one.linked_branch_ids.map((branch) => (
            <List.Item key={branch} className="fits">
              {called(branch)}{" "}
              <Writing area="bureau_setup">
                {sure === `unlink-${branch}` && (
                  <Text size="sm" role="alert">
                    Ela deixa de consultar e de negativar até ser ligada de novo; o que já foi consultado
                    fica.
                  </Text>
                )}
                <Button
                  size="compact-xs"
                  variant="default"
                  loading={busy === `unlink-${branch}`}
                  onClick={() =>
                    sure === `unlink-${branch}` ? void unlink(branch) : setSure(`unlink-${branch}`)
                  }
                  aria-label={`${sure === `unlink-${branch}` ? "Desligar mesmo" : "Desligar"} ${called(branch)}`}
                >
                  {sure === `unlink-${branch}` ? "Desligar mesmo" : "Desligar"}
                </Button>
              </Writing>
            </List.Item>
          ))}
        </List>
        {one.linked_branch_ids.length === 0 && <Text>Nenhuma.</Text>}
      </Part>
      <Writing area="bureau_setup">
        <Part title="Remover integração">
          {sure === "remove" && (
            <Text size="sm" role="alert" className="minimum">
              Os segredos se perdem, e {one.linked_branch_ids.length} filial(is) deixa(m) de consultar e de
              negativar. As consultas feitas ficam registradas. Com uma negativação que só ela pode baixar, a
              remoção é recusada.
            </Text>
          )}
          <Group>
            <Button
              variant={sure === "remove" ? "filled" : "default"}
              {...(sure === "remove" ? { color: "red" } : {})}
              loading={busy === "remove"}
              onClick={() => (sure === "remove" ? void remove() : setSure("remove"))}
            >
              {sure === "remove" ? "Remover mesmo" : "Remover integração"}
            </Button>
            {sure === "remove" && (
              <Button variant="default" disabled={busy !== ""} onClick={() => setSure("")}>
                Manter
              </Button>
            )}
          </Group>
        </Part>
      </Writing>
    </Stack>
  );
}

type Held = { integration: Integration; bureau: Bureau; changed: () => Promise<void> };

/** Everything of an integration that is no secret: sent whole, the prices of reports with it. */
function Fields({ integration, bureau, changed }: Held) {
  const kept = integration.fields as Values;
  const { enabled } = integration.automatic;
  // A draft belongs to the contract that it began with: another's changes are never written over unseen. What is done to
  // a secret meanwhile takes nothing of it.
  const began = JSON.stringify([kept, enabled, integration.prices]);
  return <Contract began={began} key={began} {...{ integration, bureau, changed }} />;
}

function Contract({ integration, bureau, changed, began }: Held & { began: string }) {
  const form = useForm(`contract-${integration.id}-${began}`, () => ({
    fields: integration.fields as Values,
    automatic: integration.automatic.enabled,
    prices: Object.fromEntries(
      Object.entries(integration.prices).map(([code, cents]) => [code, formatCents(cents)]),
    ) as Record<string, string>,
  }));
  const { fields, automatic, prices } = form.filled;
  const may = useMayWrite("bureau_setup");
  const contracted = Array.isArray(fields.reports) ? (fields.reports as string[]) : [];
  const priced = contracted.length > 0 ? contracted : bureau.reports.map((each) => each.code);
  const unread = priced.filter((code) => prices[code]?.trim() && readCents(prices[code]) === null);

  const save = () =>
    form.send(() => {
      const told = priced.flatMap((code) => {
        const cents = readCents(prices[code] ?? "");
        return cents === null ? [] : [[code, cents] as const];
      });
      const params = { path: { integration_id: integration.id } };
      const body = {
        bureau_integration: {
          fields: filled(fields),
          automatic,
          prices: { ...integration.prices, ...Object.fromEntries(told) },
        },
      };
      return ask(api.PATCH("/api/v1/bureau_integrations/{integration_id}", { params, body }));
    }, changed);

  return (
    <Part title="Contrato">
      <Fieldset variant="unstyled" disabled={!may}>
        <Stack>
          <BureauFields
            bureau={bureau}
            values={fields}
            change={(changes) => form.change({ fields: changes })}
          />
          <Switch
            label="Incluir/Remover automaticamente"
            checked={automatic}
            onChange={(event) => form.change({ automatic: event.currentTarget.checked })}
          />
          {priced.length > 0 && (
            <details>
              <summary>Preço contratado de cada relatório</summary>
              <SimpleGrid cols={{ base: 1, sm: 2 }} mt="xs">
                {priced.map((code) => (
                  <TextInput
                    key={code}
                    label={bureau.reports.find((each) => each.code === code)?.name ?? code}
                    description={code}
                    placeholder="4,90"
                    inputMode="decimal"
                    value={prices[code] ?? ""}
                    onChange={(event) =>
                      form.change({ prices: { ...prices, [code]: event.currentTarget.value } })
                    }
                    error={unread.includes(code) ? "Escreva como 4,90" : undefined}
                  />
                ))}
              </SimpleGrid>
            </details>
          )}
        </Stack>
      </Fieldset>
      <ProblemNote problem={form.problem} />
      <Writing area="bureau_setup">
        <Button
          w="fit-content"
          loading={form.busy !== ""}
          disabled={unread.length > 0}
          onClick={() => void save()}
        >
          Guardar contrato
        </Button>
      </Writing>
    </Part>
  );
}
