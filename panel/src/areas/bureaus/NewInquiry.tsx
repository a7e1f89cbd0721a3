import {
  Checkbox,
  Fieldset,
  NativeSelect,
  SimpleGrid,
  Skeleton,
  Stack,
  Switch,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useBranches } from "../../api/branches";
import { api, ask } from "../../api/client";
import { usePerson } from "../../api/person";
import { useGoOn } from "../../app/routes";
import { FormEnd } from "../../ui/FormEnd";
import { useForm } from "../../ui/form";
import { formatDocument, readDocument } from "../../ui/format";
import { ProblemNote } from "../../ui/ProblemNote";
import { STATES } from "../../ui/states";
import { checkDraft, type Draft, freshDraft, personOf, toRequest } from "./inquiry";
import { featuresOf, reportsOf, useBureaus, useIntegrations } from "./setup";
import { PURPOSES, SUBJECTS, toChoices } from "./words";

const NONE = { value: "", label: "O padrão" };

/** Asks a bureau. The answer is waited for on a page of its own, which may be left and found again. */
export function NewInquiry() {
  const goOn = useGoOn();
  const { name } = usePerson();
  const { found: branchesFound, branches } = useBranches();
  const { found, integrations } = useIntegrations();
  const { bureaus, named, found: bureausFound } = useBureaus();
  const settings = useQuery({
    queryKey: ["bureau-settings"],
    queryFn: () => ask(api.GET("/api/v1/bureau_settings")),
  });
  const able = branches.flatMap((each) => {
    const integration = integrations.find((one) => one.id === each.bureau_integration_id);
    return integration ? [{ branch: each, integration }] : [];
  });
  const form = useForm<Draft>("inquiry", freshDraft, (filled) => ({
    ...checkDraft(filled),
    ...(able.length > 1 && !filled.branch ? { branch: "Escolha a filial que consulta" } : {}),
  }));
  const { filled: draft, change, told } = form;
  const person = personOf(draft.document);
  const chosen =
    able.find(({ branch }) => String(branch.id) === draft.branch) ??
    (able.length === 1 ? able[0] : undefined);
  const bureau = bureaus.find((each) => each.code === chosen?.integration.provider);
  const reports = bureau && chosen ? reportsOf(bureau, chosen.integration, person) : [];
  const features = bureau && chosen ? featuresOf(bureau, chosen.integration, person) : [];
  const inquire = (key: string) => {
    const header = { "Idempotency-Key": key, Prefer: "respond-async" } as const;
    const body = { bureau_inquiry: toRequest(draft, name) };
    return ask(api.POST("/api/v1/bureau_inquiries", { params: { header }, body }));
  };

  if (found.isPending || branchesFound.isPending || bureausFound.isPending) return <Skeleton height={420} />;
  const failed = found.error ?? branchesFound.error ?? bureausFound.error ?? settings.error;
  return (
    <form
      onSubmit={(event) => form.submit(event, inquire, (made) => goOn("biros", "consulta", made.data.id))}
      noValidate
      aria-label="Nova consulta"
    >
      <Stack>
        <ProblemNote problem={failed} again={() => void found.refetch()} />
        {settings.data?.data.enabled === false && <Text>As consultas estão desligadas em Integrações.</Text>}
        {!failed && able.length === 0 && (
          <Text>Nenhuma filial tem uma integração: ligue uma em Integrações antes de consultar.</Text>
        )}
        <Fieldset legend="Quem">
          <SimpleGrid cols={{ base: 1, sm: 3 }}>
            <TextInput
              label="CPF ou CNPJ"
              required
              value={formatDocument(draft.document)}
              onChange={(event) =>
                change({
                  document: readDocument(event.currentTarget.value).slice(0, 14),
                  report: "",
                  features: [],
                })
              }
              error={told("document")}
            />
            <NativeSelect
              label="É no seu sistema"
              data={toChoices(SUBJECTS)}
              value={draft.subjectType}
              onChange={(event) => change({ subjectType: event.currentTarget.value })}
            />
            {draft.subjectType !== "ad_hoc" && (
              <TextInput
                label="Número no seu sistema"
                required
                value={draft.subjectId}
                onChange={(event) => change({ subjectId: event.currentTarget.value })}
                error={told("subjectId")}
              />
            )}
          </SimpleGrid>
        </Fieldset>
        <Fieldset legend="O quê">
          <SimpleGrid cols={{ base: 1, sm: 3 }}>
            <NativeSelect
              label="Finalidade"
              description="Fica registrada com a consulta"
              data={toChoices(PURPOSES)}
              value={draft.purpose}
              onChange={(event) => change({ purpose: event.currentTarget.value })}
            />
            <NativeSelect
              label="Filial que consulta"
              description="O contrato dela é cobrado"
              data={[
                ...(able.length === 1 ? [] : [{ value: "", label: "Escolha" }]),
                ...able.map(({ branch, integration }) => ({
                  value: String(branch.id),
                  label: `${branch.name} (${named(integration.provider)})`,
                })),
              ]}
              value={chosen ? String(chosen.branch.id) : ""}
              onChange={(event) => change({ branch: event.currentTarget.value, report: "", features: [] })}
              error={told("branch")}
            />
            <NativeSelect
              label="Relatório"
              description={person === "legal" ? "Sobre empresas" : "Sobre pessoas"}
              data={[NONE, ...reports]}
              value={draft.report}
              onChange={(event) => change({ report: event.currentTarget.value })}
            />
          </SimpleGrid>
          {features.length > 0 && (
            <details>
              <summary>Itens opcionais ({draft.features.length} pedidos)</summary>
              <Checkbox.Group value={draft.features} onChange={(codes) => change({ features: codes })}>
                <SimpleGrid cols={{ base: 1, sm: 3 }} mt="xs">
                  {features.map((each) => (
                    <Checkbox key={each} value={each} label={each} className="fits" />
                  ))}
                </SimpleGrid>
              </Checkbox.Group>
            </details>
          )}
          <details>
            <summary>O que só alguns relatórios pedem</summary>
            <SimpleGrid cols={{ base: 1, sm: 3 }} mt="xs">
              <NativeSelect
                label="UF"
                data={[{ value: "", label: "—" }, ...STATES]}
                value={draft.state}
                onChange={(event) => change({ state: event.currentTarget.value })}
              />
              <TextInput
                label="CEP"
                inputMode="numeric"
                value={draft.zip}
                onChange={(event) => change({ zip: event.currentTarget.value })}
              />
              <TextInput
                label="Telefone"
                inputMode="tel"
                value={draft.phone}
                onChange={(event) => change({ phone: event.currentTarget.value })}
              />
            </SimpleGrid>
            <Textarea
              label="Parâmetros"
              description="Um por linha: nome=valor"
              autosize
              value={draft.parameters}
              onChange={(event) => change({ parameters: event.currentTarget.value })}
              error={told("parameters")}
            />
          </details>
          {settings.data?.data.force_panels.includes("manager") && (
            <Switch
              mt="md"
              label={`Consultar de novo, e pagar de novo, dentro dos ${settings.data.data.repeat_days} dias`}
              checked={draft.force}
              onChange={(event) => change({ force: event.currentTarget.checked })}
            />
          )}
        </Fieldset>
        <FormEnd form={form} send="Consultar" undo="Limpar" />
      </Stack>
    </form>
  );
}
