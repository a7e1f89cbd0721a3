import { Fieldset, NativeSelect, SimpleGrid, Stack, Text, TextInput, Title } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { api, ask } from "../../api/client";
import { Problem } from "../../api/problem";
import { link, useGoOn } from "../../app/routes";
import { FormEnd } from "../../ui/FormEnd";
import { useForm } from "../../ui/form";
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

const FLAGS = [
  { value: "", label: "" },
  { value: "true", label: "Sim" },
  { value: "false", label: "Não" },
];

export function CustomerForm({ name, fresh, customer }: Props) {
  const goOn = useGoOn();
  const form = useForm<Form>(name, fresh, checkForm);
  const { filled, told } = form;
  const queries = useQueryClient();
  const domains = useDomains();
  const refused = wrongOf(form.problem);
  const body = () => ({ customer: toCustomer(filled, customer) as never });
  const keep = (key: string) =>
    customer
      ? ask(
          api.PATCH("/api/v1/customers/{customer_id}", {
            params: { path: { customer_id: customer.id } },
            body: body(),
          }),
        )
      : ask(api.POST("/api/v1/customers", { params: { header: { "Idempotency-Key": key } }, body: body() }));
  const done = async (kept: Awaited<ReturnType<typeof keep>>) => {
    await queries.invalidateQueries();
    goOn("clientes", "lista", String(kept.customer.id));
  };

  const input = (field: FormField) => {
    const own = {
      label: field.label,
      required: field.required === true,
      value: filled[field.name] ?? "",
      error: told(field.name) ?? refused[field.name],
      disabled: field.name === "document" && customer !== undefined,
      onChange: (event: { currentTarget: { value: string } }) =>
        form.change({ [field.name]: event.currentTarget.value }),
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
    <form onSubmit={(event) => form.submit(event, keep, done)} noValidate aria-label="Cliente">
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
        <FormEnd
          form={form}
          send="Guardar"
          back={customer ? link("clientes", "lista", String(customer.id)) : link("clientes", "lista")}
        />
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
