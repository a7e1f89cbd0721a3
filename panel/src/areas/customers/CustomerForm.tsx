import {
  Button,
  Fieldset,
  Group,
  NativeSelect,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
  Title,
} from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useCallback, useState } from "react";
import { api, ask } from "../../api/client";
import { Problem } from "../../api/problem";
import { go, link } from "../../app/routes";
import { useDraft } from "../../ui/draft";
import { ProblemNote } from "../../ui/ProblemNote";
import {
  type Customer,
  checkForm,
  type Form,
  type FormField,
  GROUPS,
  RELATIONS,
  toCustomer,
} from "./customerForm";
import { useDomains } from "./domains";

type Props = { name: string; fresh: () => Form; customer?: Customer };
type Draft = { key: string; form: Form };

const FLAGS = [
  { value: "", label: "" },
  { value: "true", label: "Sim" },
  { value: "false", label: "Não" },
];

export function CustomerForm({ name, fresh, customer }: Props) {
  const [first] = useState(() => ({ key: crypto.randomUUID(), form: fresh() }));
  const [draft, keep, clear] = useDraft<Draft>(
    name,
    useCallback(() => first, [first]),
  );
  const [shown, setShown] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const queries = useQueryClient();
  const domains = useDomains();
  const wrong = checkForm(draft.form);
  const refused = wrongOf(problem);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setShown(true);
    if (busy || Object.keys(wrong).length > 0) return;
    setBusy(true);
    setProblem(null);
    const sent = toCustomer(draft.form, customer) as never;
    try {
      const kept = customer
        ? await ask(
            api.PATCH("/api/v1/customers/{customer_id}", {
              params: { path: { customer_id: customer.id } },
              body: { customer: sent },
            }),
          )
        : await ask(
            api.POST("/api/v1/customers", {
              params: { header: { "Idempotency-Key": draft.key } },
              body: { customer: sent },
            }),
          );
      clear();
      await queries.invalidateQueries();
      go("clientes", "lista", String(kept.customer.id));
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  }

  const input = (field: FormField) => {
    const own = {
      label: field.label,
      required: field.required === true,
      value: draft.form[field.name] ?? "",
      error: shown ? (wrong[field.name] ?? refused[field.name]) : undefined,
      disabled: field.name === "document" && customer !== undefined,
      onChange: (event: { currentTarget: { value: string } }) =>
        keep({
          key: crypto.randomUUID(),
          form: { ...draft.form, [field.name]: event.currentTarget.value },
        }),
    };
    if (field.kind === "flag") return <NativeSelect key={field.name} {...own} data={FLAGS} />;
    if (field.list) {
      const choices =
        field.list === "relations" ? RELATIONS : [{ value: "", label: "" }, ...domains(field.list)];
      return <NativeSelect key={field.name} {...own} data={choices} />;
    }
    const typed = field.kind === "day" ? "date" : "text";
    const mode = field.kind === "cents" ? ({ inputMode: "decimal", placeholder: "6.500,00" } as const) : {};
    return <TextInput key={field.name} {...own} {...mode} type={typed} />;
  };

  return (
    <form onSubmit={submit} noValidate aria-label="Cliente">
      <Stack>
        <Title order={1} className="fits">
          {customer ? customer.name : "Novo cliente"}
        </Title>
        {GROUPS.map((group) => (
          <Fieldset key={group.title} legend={group.title}>
            <SimpleGrid cols={{ base: 1, sm: 2, md: 3 }}>{group.fields.map(input)}</SimpleGrid>
          </Fieldset>
        ))}
        {customer && ((customer.emails?.length ?? 0) > 1 || (customer.phones?.length ?? 0) > 1) && (
          <Text size="sm">Os outros e-mails e telefones deste cliente ficam como estão.</Text>
        )}
        <ProblemNote problem={problem} />
        <Group>
          <Button type="submit" loading={busy}>
            Guardar
          </Button>
          <Button
            variant="default"
            component="a"
            href={customer ? link("clientes", "lista", String(customer.id)) : link("clientes", "lista")}
          >
            Voltar
          </Button>
          <Button variant="default" onClick={clear} disabled={busy}>
            Desfazer
          </Button>
        </Group>
        {shown && Object.keys(wrong).length > 0 && (
          <Text role="alert" size="sm">
            Corrija os campos marcados.
          </Text>
        )}
      </Stack>
    </form>
  );
}

/** What the API found wrong, by the fields of the form. */
function wrongOf(problem: unknown): Form {
  const wrong: Form = {};
  if (!(problem instanceof Problem)) return wrong;
  for (const each of problem.fields) {
    const place = each.field.replace(/^customer\./, "");
    if (/^(cpf|cnpj)$/.test(place)) wrong.document = each.message;
    else if (place.startsWith("emails")) wrong.email = each.message;
    else if (place.startsWith("phones")) wrong.phone = each.message;
    else wrong[place] = each.message;
  }
  return wrong;
}
