import { Button, Fieldset, Group, NativeSelect, SimpleGrid, TextInput } from "@mantine/core";
import { useBranches } from "../../api/branches";
import { api, ask } from "../../api/client";
import { useForm } from "../../ui/form";
import { formatCents, readCents } from "../../ui/format";
import { ProblemNote } from "../../ui/ProblemNote";

const fresh = () => ({
  external: "",
  branch: "",
  due: "",
  amount: "",
  nature: "",
  contract: "",
});

export function NewBoleto({ debtor, done }: { debtor: string; done: () => void }) {
  const form = useForm(`boleto-${debtor}`, fresh);
  const { filled, change } = form;
  const { choices } = useBranches();
  const cents = readCents(filled.amount);
  const branch = filled.branch || (choices.length === 1 ? (choices[0]?.value ?? "") : "");

  function create(key: string) {
    const boleto = {
      external_id: filled.external.trim(),
      debtor_id: debtor,
      branch_id: Number(branch),
      due_on: filled.due,
      amount_cents: cents ?? 0,
      ...(filled.nature.trim() ? { nature_code: filled.nature.trim() } : {}),
      ...(filled.contract.trim() ? { contract_number: filled.contract.trim() } : {}),
    };
    const params = { header: { "Idempotency-Key": key } };
    return ask(api.POST("/api/v1/boletos", { params, body: { boleto } }));
  }

  return (
    <details>
      <summary>Novo boleto</summary>
      <form onSubmit={(event) => form.submit(event, create, done)} aria-label="Novo boleto">
        <Fieldset legend="Novo boleto">
          <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }}>
            <TextInput
              label="Número do boleto no seu sistema"
              required
              value={filled.external}
              onChange={(event) => change({ external: event.currentTarget.value })}
            />
            <NativeSelect
              label="Filial credora"
              required
              data={[{ value: "", label: "Escolha" }, ...choices]}
              value={branch}
              onChange={(event) => change({ branch: event.currentTarget.value })}
            />
            <TextInput
              type="date"
              label="Vencimento"
              required
              value={filled.due}
              onChange={(event) => change({ due: event.currentTarget.value })}
            />
            <TextInput
              label="Valor"
              required
              inputMode="decimal"
              placeholder="189,90"
              value={filled.amount}
              onChange={(event) => change({ amount: event.currentTarget.value })}
              error={filled.amount && cents === null ? "Escreva como 1.234,56" : undefined}
              description={cents !== null ? formatCents(cents) : undefined}
            />
            <TextInput
              label="Natureza"
              placeholder="TI"
              value={filled.nature}
              onChange={(event) => change({ nature: event.currentTarget.value })}
            />
            <TextInput
              label="Contrato"
              value={filled.contract}
              onChange={(event) => change({ contract: event.currentTarget.value })}
            />
          </SimpleGrid>
          <ProblemNote problem={form.problem} />
          <Group mt="md">
            <Button type="submit" loading={form.busy !== ""} disabled={cents === null || !branch}>
              Cadastrar boleto
            </Button>
          </Group>
        </Fieldset>
      </form>
    </details>
  );
}
