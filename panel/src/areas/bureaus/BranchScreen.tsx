import {
  Anchor,
  Button,
  Group,
  List,
  NativeSelect,
  SimpleGrid,
  Skeleton,
  Stack,
  Text,
  TextInput,
  Title,
} from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useCallback, useState } from "react";
import { api, ask } from "../../api/client";
import type { components } from "../../api/schema";
import { link, useGoOn } from "../../app/routes";
import { useAct } from "../../ui/act";
import { useDraft } from "../../ui/draft";
import { Fact } from "../../ui/Fact";
import { formatMoment } from "../../ui/format";
import { Part } from "../../ui/Part";
import { ProblemNote } from "../../ui/ProblemNote";
import { Writing } from "../../ui/Writing";
import { useBureaus, useIntegrations } from "./setup";
import { ENVIRONMENTS } from "./words";

type Branch = components["schemas"]["BranchView"];

/** One branch: its name and store, what it asks bureaus with, and its removal. */
export function BranchScreen({ id }: { id: number }) {
  const path = { branch_id: id };
  const found = useQuery({
    queryKey: ["branch", id],
    queryFn: () => ask(api.GET("/api/v1/branches/{branch_id}", { params: { path } })),
  });
  const { integrations } = useIntegrations();
  const { named } = useBureaus();
  const branch = found.data?.data;
  if (!branch) {
    return found.error ? (
      <ProblemNote problem={found.error} again={() => void found.refetch()} />
    ) : (
      <Skeleton height={320} />
    );
  }
  const one = integrations.find((each) => each.id === branch.bureau_integration_id);
  const own = integrations.filter((each) => each.branch_id === id);
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={2} className="fits">
          {branch.name}
        </Title>
        <Button variant="default" component="a" href={link("biros", "integracoes")}>
          Todas
        </Button>
      </Group>
      <ProblemNote problem={found.error} again={() => void found.refetch()} />
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }}>
        <Fact name="CNPJ">{branch.cnpj}</Fact>
        <Fact name="Integração">
          {one ? (
            <Anchor href={link("biros", "integracoes", String(one.id))}>
              {named(one.provider)}, {ENVIRONMENTS[one.environment] ?? one.environment}
            </Anchor>
          ) : (
            "Nenhuma"
          )}
        </Fact>
        <Fact name="Cadastrada em">{formatMoment(branch.created_at)}</Fact>
        <Fact name="Alterada em">{formatMoment(branch.updated_at)}</Fact>
      </SimpleGrid>
      <Writing area="bureau_setup">
        <BranchForm branch={branch} changed={() => void found.refetch()} key={branch.updated_at} />
        <BranchRemoval
          branch={branch}
          uses={[...new Set([...own, ...(one ? [one] : [])])].map((each) => ({
            id: each.id,
            name: named(each.provider),
          }))}
        />
      </Writing>
    </Stack>
  );
}

function BranchForm({ branch, changed }: { branch: Branch; changed: () => void }) {
  const queries = useQueryClient();
  const [form, keep, clear] = useDraft(
    `branch-${branch.id}-${branch.updated_at}`,
    useCallback(() => ({ name: branch.name, store: String(branch.store_id ?? "") }), [branch]),
  );
  const stores = useQuery({ queryKey: ["stores"], queryFn: () => ask(api.GET("/api/v1/stores")) });
  const { busy, problem, act } = useAct();
  const same = form.name.trim() === branch.name && form.store === String(branch.store_id ?? "");

  function submit(event: FormEvent) {
    event.preventDefault();
    if (same || !form.name.trim()) return;
    void act("save", async () => {
      const params = { path: { branch_id: branch.id } };
      const body = { branch: { name: form.name.trim(), store_id: form.store ? Number(form.store) : null } };
      await ask(api.PATCH("/api/v1/branches/{branch_id}", { params, body }));
      clear();
      await queries.invalidateQueries({ queryKey: ["branches"] });
      changed();
    });
  }

  return (
    <form onSubmit={submit} aria-label="Alterar filial">
      <Part title="Nome e loja">
        <Group align="flex-end">
          <TextInput
            label="Nome da filial"
            required
            maxLength={120}
            value={form.name}
            onChange={(event) => keep({ ...form, name: event.currentTarget.value })}
          />
          <NativeSelect
            label="Loja de que faz parte"
            data={[
              { value: "", label: "Nenhuma: serve a todas" },
              ...(stores.data?.stores ?? []).map((each) => ({ value: String(each.id), label: each.name })),
            ]}
            value={form.store}
            onChange={(event) => keep({ ...form, store: event.currentTarget.value })}
          />
          <Button type="submit" loading={busy !== ""} disabled={same || !form.name.trim()}>
            Guardar filial
          </Button>
        </Group>
        <Text size="sm">
          O CNPJ não muda: ele está no contrato com o birô. Consultas já feitas continuam dela.
        </Text>
        <ProblemNote problem={problem} />
      </Part>
    </form>
  );
}

/** Removing a branch: what is in its way, or what follows; asked twice. */
function BranchRemoval({ branch, uses }: { branch: Branch; uses: { id: number; name: string }[] }) {
  const goOn = useGoOn();
  const queries = useQueryClient();
  const [sure, setSure] = useState(false);
  const { busy, problem, act } = useAct();

  const remove = () =>
    act("remove", async () => {
      await ask(api.DELETE("/api/v1/branches/{branch_id}", { params: { path: { branch_id: branch.id } } }));
      await queries.invalidateQueries({ queryKey: ["branches"] });
      goOn("biros", "integracoes");
    });

  if (uses.length > 0) {
    return (
      <Part title="Remover filial">
        <Text size="sm">
          Antes de removê-la, desligue-a da integração com que consulta e remova a que é dela:
        </Text>
        <List size="sm">
          {uses.map((each) => (
            <List.Item key={each.id}>
              <Anchor href={link("biros", "integracoes", String(each.id))}>{each.name}</Anchor>
            </List.Item>
          ))}
        </List>
      </Part>
    );
  }
  return (
    <Part title="Remover filial">
      {sure && (
        <Text size="sm" role="alert" className="minimum">
          Ela deixa de consultar e de negativar, e a sua cobrança fica parada. Consultas e negativações já
          baixadas ficam registradas. Com uma negativação que o birô tem, ou pode ter, a remoção é recusada:
          peça a baixa antes.
        </Text>
      )}
      <ProblemNote problem={problem} />
      <Group>
        <Button
          variant={sure ? "filled" : "default"}
          {...(sure ? { color: "red" } : {})}
          loading={busy !== ""}
          onClick={() => (sure ? void remove() : setSure(true))}
        >
          {sure ? `Remover mesmo ${branch.name}` : "Remover filial"}
        </Button>
        {sure && (
          <Button variant="default" disabled={busy !== ""} onClick={() => setSure(false)}>
            Manter
          </Button>
        )}
      </Group>
    </Part>
  );
}
