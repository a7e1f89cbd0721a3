import { Button, Fieldset, Group, NativeSelect, SimpleGrid, Switch, TextInput } from "@mantine/core";
import { api, ask } from "../../api/client";
import type { components } from "../../api/schema";
import { useGoOn } from "../../app/routes";
import { useForm } from "../../ui/form";
import { formatDocument, readDocument } from "../../ui/format";
import { ProblemNote } from "../../ui/ProblemNote";
import { STATES } from "../../ui/states";

type Debtor = components["schemas"]["DebtorView"];

const ADDRESS = {
  zip_code: "CEP",
  street: "Rua",
  number: "Número",
  complement: "Complemento",
  district: "Bairro",
  city: "Cidade",
} as const;
const fresh = () => ({
  document: "",
  name: "",
  external: "",
  sex: "",
  birth: "",
  phone: "",
  email: "",
  state: "",
  publicBody: false,
  outside: false,
  address: {} as Record<string, string>,
});

/**
 * Only document and name are owed here; a listing also wants telephone and address, of a person sex and birth. Of a
 * debtor that is known, what is filled in takes the place of what was, and what is left empty stays.
 */
export function DebtorForm({ known, done }: { known?: Debtor; done?: () => void }) {
  const goOn = useGoOn();
  const {
    filled: form,
    change,
    clear,
    busy,
    problem,
    submit,
  } = useForm(known ? `debtor-${known.id}` : "debtor", fresh);
  const legal = readDocument(known?.document ?? form.document).length === 14;
  const title = known ? "Completar ou corrigir" : "Novo devedor";

  function send(key: string) {
    const told = Object.fromEntries(Object.entries(form.address).filter(([, text]) => text.trim()));
    const address = { ...told, ...(form.state ? { state: form.state as "SP" } : {}) };
    const data = {
      ...(form.name.trim() ? { name: form.name.trim() } : {}),
      ...(form.external.trim() ? { external_id: form.external.trim() } : {}),
      ...(!legal && form.sex ? { sex: form.sex as "F" } : {}),
      ...(!legal && form.birth ? { birth_date: form.birth } : {}),
      ...(form.phone.trim() ? { mobile_phone: form.phone.trim() } : {}),
      ...(form.email.trim() ? { email: form.email.trim() } : {}),
      ...(Object.keys(address).length > 0 ? { address } : {}),
    };
    if (known) {
      const path = { debtor_id: known.id };
      return ask(api.PATCH("/api/v1/debtors/{debtor_id}", { params: { path }, body: { debtor: data } }));
    }
    const debtor = {
      ...data,
      document: form.document,
      name: form.name.trim(),
      public_body: form.publicBody,
      in_collection: !form.outside,
    };
    const params = { header: { "Idempotency-Key": key } };
    return ask(api.POST("/api/v1/debtors", { params, body: { debtor } }));
  }
  const sent = (made: Awaited<ReturnType<typeof send>>) =>
    known ? done?.() : goOn("negativacoes", "devedores", made.data.id);

  return (
    <form onSubmit={(event) => submit(event, send, sent)} aria-label={title}>
      <Fieldset legend={title}>
        <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }}>
          {!known && (
            <TextInput
              label="CPF ou CNPJ"
              required
              value={formatDocument(form.document)}
              onChange={(event) => change({ document: readDocument(event.currentTarget.value).slice(0, 14) })}
            />
          )}
          <TextInput
            label="Nome"
            required={!known}
            value={form.name}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
          <TextInput
            label="Número no seu sistema"
            value={form.external}
            onChange={(event) => change({ external: event.currentTarget.value })}
          />
          {!legal && (
            <NativeSelect
              label="Sexo"
              data={[
                { value: "", label: "—" },
                { value: "F", label: "Feminino" },
                { value: "M", label: "Masculino" },
              ]}
              value={form.sex}
              onChange={(event) => change({ sex: event.currentTarget.value })}
            />
          )}
          {!legal && (
            <TextInput
              type="date"
              label="Nascimento"
              value={form.birth}
              onChange={(event) => change({ birth: event.currentTarget.value })}
            />
          )}
          <TextInput
            label="Celular"
            inputMode="tel"
            value={form.phone}
            onChange={(event) => change({ phone: event.currentTarget.value })}
          />
          <TextInput
            label="E-mail do devedor"
            inputMode="email"
            value={form.email}
            onChange={(event) => change({ email: event.currentTarget.value })}
          />
          {Object.entries(ADDRESS).map(([name, label]) => (
            <TextInput
              key={name}
              label={label}
              value={form.address[name] ?? ""}
              onChange={(event) =>
                change({ address: { ...form.address, [name]: event.currentTarget.value } })
              }
            />
          ))}
          <NativeSelect
            label="UF"
            data={[{ value: "", label: "—" }, ...STATES]}
            value={form.state}
            onChange={(event) => change({ state: event.currentTarget.value })}
          />
        </SimpleGrid>
        {!known && (
          <Group my="md">
            <Switch
              label="É um órgão público"
              checked={form.publicBody}
              onChange={(event) => change({ publicBody: event.currentTarget.checked })}
            />
            <Switch
              label="Fora da rotina de cobrança"
              checked={form.outside}
              onChange={(event) => change({ outside: event.currentTarget.checked })}
            />
          </Group>
        )}
        <ProblemNote problem={problem} />
        <Group mt="md">
          <Button type="submit" loading={busy !== ""}>
            {known ? "Guardar" : "Cadastrar devedor"}
          </Button>
          <Button variant="default" onClick={clear}>
            Limpar
          </Button>
        </Group>
      </Fieldset>
    </form>
  );
}
